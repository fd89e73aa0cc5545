# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Django's PostgreSQL backend, which starts the embedded server at the first connection."""
