# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What keeps the whole suite honest: strict templates, shuffled rows, counted queries, htmx equal to full pages."""
