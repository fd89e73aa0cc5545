# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Samenspel: the software of a local social contract."""

__version__ = "0.1.0"
