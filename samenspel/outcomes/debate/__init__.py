# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The debate about an indicator: who agreed, who doubts, what it provokes, reviews, what could be better."""
