# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The example notebook runs from top to bottom, says what it says in print, and repeats the published comparison."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebooks" / "fair-comparison.ipynb"


def printed(notebook: nbformat.NotebookNode) -> list[str]:
    """What each cell of code shows, as text."""
    shown = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            parts = [one.get("text") or one.get("data", {}).get("text/plain", "") for one in cell.outputs]
            shown.append("".join(parts).strip())
    return shown


# The kernel speaks over its own machine only; what its libraries warn about is not ours.
@pytest.mark.filterwarnings("default")
def test_the_notebook_runs_and_repeats_what_was_published() -> None:
    committed = nbformat.read(NOTEBOOK, as_version=4)
    fresh = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(
        fresh, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOK.parent)}}
    ).execute()
    outputs = printed(fresh)
    assert outputs == printed(committed), "run the notebook again and commit its results"
    found = re.search(r"Bristol: ([\d.]+) \((\d+) to (\d+)\)", "\n".join(outputs))
    assert found is not None
    excess, low, high = (float(part) for part in found.groups())
    # Aylin et al., Lancet 2001; 358: 181-187: 24.1 (12 to 34), with the uncertainty of the variation itself in it.
    assert abs(excess - 24.1) < 0.5
    assert 12 <= low <= 15
    assert 32 <= high <= 34
    assert "stands out: ['Bristol']" in "\n".join(outputs)
