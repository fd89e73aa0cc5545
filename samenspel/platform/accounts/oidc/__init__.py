# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logging in at an identity provider: OpenID Connect, authorization code with PKCE."""
