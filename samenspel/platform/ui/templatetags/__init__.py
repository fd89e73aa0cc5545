# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Template tags: {% load ui %} for components, {% load dutch %} for numbers and dates."""
