# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The areas of the Netherlands, built once from the source files of the repository."""

from pathlib import Path

import pytest
from django.conf import settings

from samenspel.figures.areas.build import build_areas
from samenspel.figures.areas.registry import Registry, registry
from samenspel.figures.store import AREAS, commit, write_lock


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with only areas in it."""
    folder = tmp_path_factory.mktemp("data") / "figures"
    with write_lock(folder):
        built = build_areas(settings.SOURCES_FOLDER, folder)
        commit(folder, [], extra={AREAS: built.version})
    return folder


@pytest.fixture(scope="session")
def netherlands(store: Path) -> Registry:
    """The registry of all areas."""
    return registry(store)


@pytest.fixture
def installed(store: Path, settings: object) -> Path:
    """An installation of which this is the store."""
    settings.DATA_FOLDER = store.parent  # type: ignore[attr-defined]
    return store
