# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The nightly refresh: off unless chosen, and honest about what it could not do."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from samenspel.figures.cbs.mapping import mapping
from samenspel.figures.cbs.transport import Asker, Clock, Manners
from samenspel.figures.jobs import refresh, update_figures
from samenspel.figures.store import read_manifest
from samenspel.platform.service import jobs
from tests.figures.cbs_published import as_mapped, served_kwb
from tests.figures.cbs_server import CbsServer


def test_it_goes_nowhere_unless_the_installation_chose_it(settings: Any) -> None:
    with CbsServer() as server:
        settings.CBS_URL, settings.FIGURES_UPDATE = server.base, False
        update_figures.work()
        assert server.seen == []


def test_it_refreshes_what_it_can_and_names_what_it_could_not(
    settings: Any, figure_store: Path, tmp_path: Path
) -> None:
    shutil.copytree(figure_store, tmp_path / "figures")
    settings.DATA_FOLDER = tmp_path
    table = mapping()[1]["85984NED"]
    with CbsServer(as_mapped(served_kwb(), table)) as server, Asker(Manners(), Clock(sleep=lambda _: None)) as asker:
        settings.CBS_URL = server.base
        with pytest.raises(jobs.JobProblem) as caught:
            refresh(asker)
    assert "86165NED, 85618NED, 85318NED, 85039NED, 84799NED, 70072ned" in str(caught.value)
    manifest = read_manifest(tmp_path / "figures")
    assert manifest is not None
    assert "live_kwb_2024" in {stored.source.key for stored in manifest.tables}


def test_it_is_declared_for_every_night() -> None:
    assert (update_figures.name, update_figures.every) == ("figures.update", "23 4 * * *")
    assert update_figures.one_at_a_time
