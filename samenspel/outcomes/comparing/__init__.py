# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Comparing outcomes: what is expected with these residents, similar places, change, small areas."""
