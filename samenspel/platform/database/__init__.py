# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The PostgreSQL beneath everything: embedded by default, a server by DATABASE_URL."""
