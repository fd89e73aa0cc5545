# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The results on disk: made once, whole, by one process at a time, and again when the figures change."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from samenspel.outcomes.comparing import apps, build, store
from samenspel.outcomes.comparing.plain import from_plain, to_plain
from samenspel.outcomes.comparing.specs import Specs, specs
from samenspel.outcomes.comparing.types import Comparison, ModelSummary


@pytest.fixture
def own_folder(figure_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Results in a folder of their own, from the real figures."""
    monkeypatch.setattr(store, "folder", lambda: tmp_path / "outcomes")
    monkeypatch.setattr(store, "_memory", {})
    return tmp_path / "outcomes"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Has the results made in no time; counts how often."""
    times: list[int] = []

    def make(progress: build.Progress) -> dict[str, Any]:
        times.append(1)
        return {"version": build.version_of_results()}

    monkeypatch.setattr(store, "make_all", make)
    return times


def test_many_threads_make_the_results_once(own_folder: Path, made: list[int]) -> None:
    found: list[dict[str, Any]] = []
    threads = [threading.Thread(target=lambda: found.append(store.results())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert len(found) == 8
    assert all(one == {"version": build.version_of_results()} for one in found)
    assert store.bring_up_to_date() is False
    assert store.bring_up_to_date(anew=True) is True


def test_warm_up_does_not_wait_for_results_that_must_be_made(
    own_folder: Path, made: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A web process that is long in starting is killed; so the results are made beside it."""
    go = threading.Event()
    make = store.make_all

    def wait_and_make(progress: build.Progress) -> dict[str, Any]:
        go.wait(30)
        return make(progress)

    monkeypatch.setattr(store, "make_all", wait_and_make)
    apps._warm_up()
    assert not store.is_built()
    maker = next(thread for thread in threading.enumerate() if thread.name == "comparisons")
    go.set()
    maker.join(30)
    assert store.is_built() and len(made) == 1
    apps._warm_up()
    assert len(made) == 1


def test_a_killed_build_leaves_nothing_that_is_read(own_folder: Path, made: list[int]) -> None:
    own_folder.mkdir(parents=True)
    draft = own_folder / f".draft-1-comparing-{build.version_of_results()}.json"
    draft.write_text('{"version":')
    assert not store.is_built()
    assert store.results()["version"] == build.version_of_results()
    assert not draft.exists()


def test_a_failed_build_raises_and_leaves_the_former_version(
    own_folder: Path, made: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    store.bring_up_to_date()

    def fail(progress: build.Progress) -> dict[str, Any]:
        raise OSError("disk full")

    monkeypatch.setattr(store, "make_all", fail)
    with pytest.raises(OSError, match="disk full"):
        store.bring_up_to_date(anew=True)
    assert store.results()["version"] == build.version_of_results()


def test_another_version_of_the_method_is_made_anew(
    own_folder: Path, made: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        monkeypatch.setattr(build, "METHOD_VERSION", f"test-{number}")
        assert store.results()["version"] == build.version_of_results()
    assert len(made) == 4
    assert len(list(own_folder.glob("comparing-*.json"))) == 2  # this one, and the one before for who still reads it


def test_results_on_disk_are_plain_json_and_come_back_as_they_were(results: dict[str, Any]) -> None:
    path = store._file(build.version_of_results())
    assert json.loads(path.read_text(encoding="utf-8")) == results
    for of_area in list(results["comparisons"].values())[:20]:
        for by_period in of_area.values():
            for one in by_period.values():
                comparison = from_plain(Comparison, one)
                assert to_plain(comparison) == one
                assert hash(comparison)
    for one in results["summaries"].values():
        assert to_plain(from_plain(ModelSummary, one)) == one


def test_specifications_refuse_what_does_not_fit() -> None:
    content = specs().model_dump()
    content["outcomes"]["wmo_clients_per_1000"]["groups"][0]["terms"] = ["happiness"]
    with pytest.raises(ValueError, match="happiness"):
        Specs.model_validate(content)
    content = specs().model_dump()
    content["outcomes"]["disability_benefit_per_1000"]["groups"][0]["terms"] = ["disability"]
    with pytest.raises(ValueError, match="explain itself"):
        Specs.model_validate(content)


def test_no_policy_or_supply_among_the_characteristics() -> None:
    """What a municipality decides or offers must not explain its own outcome away."""
    from samenspel.figures.service import Topic, get_indicator

    for key, spec in specs().characteristics.items():
        passport = get_indicator(spec.of)
        assert not passport.model_estimate, key
        assert passport.topic not in (Topic.SUPPORT_USE, Topic.AMENITIES), key
