# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The real comparisons, made once per checkout and again only when the figures or the method changed."""

from pathlib import Path
from typing import Any

import pytest

from samenspel.outcomes.comparing import store


@pytest.fixture(scope="session")
def results(figure_store: Path) -> dict[str, Any]:
    """All results, as they are on disk."""
    return store.results()
