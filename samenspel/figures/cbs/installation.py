# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Updating this installation: where its store, areas and passports are, and which address of CBS it uses."""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from samenspel.figures.areas.registry import registry
from samenspel.figures.cbs.mapping import Catalogue
from samenspel.figures.cbs.update import Surroundings
from samenspel.figures.importers.places import RegistryAreas
from samenspel.figures.location import store_folder
from samenspel.figures.passports import passports


def surroundings() -> Surroundings:
    """What an update of this installation works with. Raises NoAreas when the store was never built."""
    areas = RegistryAreas(registry(store_folder()))
    return Surroundings(store_folder(), Path(settings.DATA_FOLDER) / "figures-live", passports(), areas)


def at(base_url: str, catalogues: Mapping[str, Catalogue]) -> dict[str, Catalogue]:
    """The same catalogues at another address. Raises ValueError when that is no http address."""
    changed = {"base": base_url.rstrip("/")}
    return {name: Catalogue.model_validate({**c.model_dump(), **changed}) for name, c in catalogues.items()}
