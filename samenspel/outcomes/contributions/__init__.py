# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts of people about figures: stories, counter-stories, doubts, behaviour that a figure provoked, proposals."""
