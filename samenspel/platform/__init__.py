# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accounts, policies, audit, jobs, ui kit, api base, settings: what every part stands on."""
