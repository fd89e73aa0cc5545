# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What importers ask about areas, answered by the registry: codes by year, and codes of places known by name."""

from functools import cached_property, lru_cache

from samenspel.figures.areas.names import normalise, short_name
from samenspel.figures.areas.registry import Registry
from samenspel.figures.types import AreaLevel


class RegistryAreas:
    """The registry as the importers see it."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._names_in = lru_cache(maxsize=None)(self._names)

    def exists(self, code: str, year: int) -> bool:
        """Whether this code was in use in that year, as far as the lists reach.

        Districts and neighbourhoods are listed for some years only. For another year one is taken as known when the
        code is listed for any year and its municipality existed. A year after the newest list counts as the newest.
        """
        if not self._registry.exists(code, year) and code[:2] in {"WK", "BU"}:
            return any(self._registry.exists(code, listed) for listed in (2020, 2022, 2024)) and (
                self._registry.exists("GM" + code[2:6], year)
            )
        if code[:2] in {"NL", "PV", "GG", "VR"}:
            return self._registry.exists(code)
        return self._registry.exists(code, year)

    def municipality_code(self, name: str, year: int) -> str | None:
        """The code of the municipality with this name in that year; None if there was none, or more than one.

        A name with its addition ("Bergen (L.)") goes before the same name without ("Bergen").
        """
        full, short = self._names_in(year)
        found = full.get(normalise(name)) or short.get(normalise(short_name(name)))
        return next(iter(found)) if found is not None and len(found) == 1 else None

    @cached_property
    def _own_names(self) -> frozenset[str]:
        """The names of all municipalities of all years."""
        codes = {code for year in range(2012, 2031) for code in self._registry.codes(AreaLevel.MUNICIPALITY, year)}
        return frozenset(normalise(short_name(self._registry.get(code).name)) for code in codes)

    def _names(self, year: int) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        full: dict[str, set[str]] = {}
        short: dict[str, set[str]] = {}
        earlier: dict[str, set[str]] = {}
        for code in self._registry.codes(AreaLevel.MUNICIPALITY, year):
            area = self._registry.get(code)
            full.setdefault(normalise(area.name), set()).add(code)
            short.setdefault(normalise(short_name(area.name)), set()).add(code)
            for name in area.former_names:
                earlier.setdefault(normalise(short_name(name)), set()).add(code)
        # A former name counts when it is a spelling of the code's own: not when it is the name of another municipality,
        # of that year or one that went into this one (Haren is not Groningen).
        for name in self._own_names:
            earlier.pop(name, None)
        for name, codes in earlier.items():
            short.setdefault(name, codes)
        return full, short

    def region_code(self, name: str) -> str | None:
        """The code of the GGD region with this name; None if there is none."""
        plain = short_name(name.replace("(GG)", "").strip())
        for match in self._registry.find(plain, limit=5, levels=frozenset({AreaLevel.REGION})):
            if normalise(match.matched_name) == normalise(plain):
                return match.area.code
        return None
