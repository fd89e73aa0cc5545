# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What contributions put in the menu."""


def add_entries() -> None:
    """Register the entries; run once when Django starts."""
