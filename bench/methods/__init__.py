# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How well the methods hold, by simulation: `make bench-methods` or `python -m bench.methods [NAME …]`.

Each module here has `tables() -> list[Table]` and fixed seeds, so that the same tables come out again. A module is
found by being in this folder; one whose name begins with an underscore is a helper of others.
"""

from bench.methods._table import Table

__all__ = ["Table"]
