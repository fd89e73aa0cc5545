# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads what the source files say about areas: who existed when, under which name, and what became of it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from samenspel.figures.areas.names import normalise, short_name
from samenspel.figures.types import Succession

MUNICIPALITY_FILE = "kwb/kwb_gemeente_2012_2024.csv"
HOUSING_FILE = "kwb/kwb_gemeente_2020_2025_wonen.csv"
LISTS_FILE = "areas/gemeenten_2017_2021_2023_2024.csv"
CHANGES_FILE = "areas/gemeente_wijzigingen_2012_2024.csv"
INTERIM_FILE = "areas/gemeenten_tussentijds.csv"
REGIONS_FILE = "areas/gemeente_provincie_veiligheidsregio_2020.csv"
BRABANT_FILE = "areas/ggd_regios_brabant.csv"
DEATHS_FILE = "population/overledenen_gemeente_2002_2021.csv"
NEIGHBOURHOODS_FILE = "kwb/kwb_2024_gemeente_wijk_buurt_bevolking.parquet"
DISTRICTS_2022_FILE = "kwb/kwb_2022_wijk_selectie.csv"
HEALTH_FILE = "health/gezondheid_gemeente_wijk_buurt_2012_2016_2020.parquet"
HEALTH_YEAR = 2020  # all years in the health file are on the areas of 2020

FIRST_YEAR = 2012


class SourceProblem(Exception):
    """A source file contradicts another or itself; the message says where."""


@dataclass(slots=True)
class Municipality:
    """A municipality code with everything the sources say of it. `last` None: it exists today."""

    code: str
    names: dict[int, str] = field(default_factory=dict)
    province: str = ""
    region: str = ""
    first: int = 0
    last: int | None = None
    successors: list[Succession] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The most recent name."""
        return self.names[max(self.names)]


@dataclass(frozen=True, slots=True)
class Transfer:
    """A part of a municipality that itself stayed went to another, somewhere after 1 January of `since`."""

    old: str
    new: str
    since: int
    year: int
    area_share: float


@dataclass(frozen=True, slots=True)
class Municipalities:
    """All municipality codes since 2012, the transfers between them, and the provinces and regions they name."""

    by_code: dict[str, Municipality]
    transfers: tuple[Transfer, ...]
    provinces: dict[str, str]
    regions: dict[str, str]
    last_year: int


def read_municipalities(sources: Path) -> Municipalities:
    """Every municipality code of 2012 and later with its years, names, province, region and successors.

    Raises SourceProblem when the files contradict each other: a code that goes without a successor, a successor
    that does not exist yet, a municipality without province or region.
    """
    found, years = _names_by_year(sources)
    _give_years(found, years, pl.read_csv(sources / DEATHS_FILE))
    interim = pl.read_csv(sources / INTERIM_FILE)
    for row in interim.iter_rows(named=True):
        entry = found.setdefault(row["code"], Municipality(row["code"]))
        entry.names.setdefault(row["van_jaar"], row["naam"])
        entry.first = min(entry.first or row["van_jaar"], row["van_jaar"])
        entry.last = row["tot_jaar"]
    becomes = {row["wordt"]: row["code"] for row in interim.iter_rows(named=True)}
    transfers = tuple(_give_successors(found, becomes, pl.read_csv(sources / CHANGES_FILE)))
    provinces = _give_provinces(found, pl.read_csv(sources / LISTS_FILE))
    regions = _give_regions(found, pl.read_csv(sources / REGIONS_FILE), pl.read_csv(sources / BRABANT_FILE))
    return Municipalities(found, transfers, provinces, regions, max(years))


def _names_by_year(sources: Path) -> tuple[dict[str, Municipality], list[int]]:
    found: dict[str, Municipality] = {}
    complete: set[int] = set()
    for file in (MUNICIPALITY_FILE, HOUSING_FILE, LISTS_FILE):
        frame = pl.read_csv(sources / file, columns=["jaar", "gemeentecode", "gemeentenaam"])
        for year, code, name in frame.unique().sort("jaar", "gemeentecode").iter_rows():
            found.setdefault(code, Municipality(code)).names[year] = name.strip()
            complete.add(year)
    # The list with the additions that tell namesakes apart ("Bergen (NH.)") is used for what exists today.
    today = pl.read_parquet(sources / NEIGHBOURHOODS_FILE, columns=["code", "naam", "soort_regio"])
    newest = max(complete)
    for code, name in today.filter(soort_regio="Gemeente").select("code", "naam").iter_rows():
        found[code].names[newest] = name.strip()
    return found, sorted(complete)


def _give_years(found: dict[str, Municipality], years: list[int], deaths: pl.DataFrame) -> None:
    """First and last year per code. Between two years with a list, the yearly deaths by name tell the year."""
    named: dict[str, set[int]] = defaultdict(set)
    for name, year in deaths.select("regio", "jaar").iter_rows():
        if year >= FIRST_YEAR:
            named[normalise(short_name(name))].add(year)
    for entry in found.values():
        listed = [year for year in years if year in entry.names]
        counted = {year for name in entry.names.values() for year in named[normalise(short_name(name))]}
        before = max((year for year in years if year < listed[0]), default=None)
        after = min((year for year in years if year > listed[-1]), default=None)
        if before is None:
            entry.first = listed[0]
        else:
            entry.first = min((year for year in counted if before < year <= listed[0]), default=listed[0])
        if after is not None:
            entry.last = max((year for year in counted if listed[-1] <= year < after), default=listed[-1])


def _give_successors(
    found: dict[str, Municipality], becomes: dict[str, str], changes: pl.DataFrame
) -> Iterator[Transfer]:
    whole_period = (pl.col("van_jaar") == FIRST_YEAR) & (pl.col("naar_jaar") == pl.col("naar_jaar").max())
    for row in changes.filter(~whole_period).iter_rows(named=True):
        old, new, share = found[row["oude_code"]], row["nieuwe_code"], float(row["aandeel_oppervlakte"])
        if row["oude_gemeente_status"] == "blijft":
            yield Transfer(old.code, new, row["van_jaar"], row["naar_jaar"], share)
            continue
        if old.last is None:
            raise SourceProblem(f"{old.code} {old.name} is said to have gone, but a later list still has it")
        year = old.last + 1
        if found[new].first > year and new in becomes:
            new = becomes[new]
        if new != old.code:
            old.successors.append(Succession(new, year, share))
    for code, interim in becomes.items():
        gone = found[interim]
        assert gone.last is not None
        gone.successors = [Succession(code, gone.last + 1, 1.0)]
    for entry in found.values():
        entry.successors.sort()
        if entry.last is not None and not entry.successors:
            raise SourceProblem(f"{entry.code} {entry.name} went after {entry.last}, but no file says into what")
        for successor in entry.successors:
            heir = found[successor.code]
            if heir.first > successor.year or (heir.last is not None and heir.last < successor.year):
                raise SourceProblem(f"{entry.code} went in {successor.year} into {heir.code}, which was not there then")


def _give_provinces(found: dict[str, Municipality], lists: pl.DataFrame) -> dict[str, str]:
    provinces: dict[str, str] = {}
    for _, code, _, province, name in lists.sort("jaar").iter_rows():
        found[code].province = province
        provinces[province] = name
    _inherit(found, "province")
    return provinces


def _give_regions(found: dict[str, Municipality], safety: pl.DataFrame, brabant: pl.DataFrame) -> dict[str, str]:
    """GGD regions: the safety regions, except in Midden- en West-Brabant and Brabant-Noord (docs/decisions/0010)."""
    regions: dict[str, str] = dict(GGD_NAMES)
    for row in safety.iter_rows(named=True):
        found[row["gemeentecode"]].region = row["veiligheidsregiocode"]
    for row in brabant.iter_rows(named=True):
        found[row["gemeentecode"]].region = row["ggd"]
        regions[row["ggd"]] = row["naam"]
    _inherit(found, "region")
    for entry in found.values():
        if entry.region == "VR20":
            entry.region = "GGWB"
        elif entry.region == "VR21":
            # Only municipalities of before a merger; all that exist today stand in the Brabant file.
            entry.region = "GGHB"
    return regions


# The names GGDs carry themselves (CBS Gezondheidsmonitor 2022), by safety region.
GGD_NAMES = {
    "VR01": "GGD Groningen",
    "VR02": "GGD Fryslân",
    "VR03": "GGD Drenthe",
    "VR04": "GGD IJsselland",
    "VR05": "GGD Twente",
    "VR06": "GGD Noord- en Oost-Gelderland",
    "VR07": "Veiligheids- en Gezondheidsregio Gelderland-Midden",
    "VR08": "GGD Gelderland-Zuid",
    "VR09": "GGD Regio Utrecht",
    "VR10": "GGD Hollands-Noorden",
    "VR11": "GGD Zaanstreek/Waterland",
    "VR12": "GGD Kennemerland",
    "VR13": "GGD Amsterdam",
    "VR14": "GGD Gooi en Vechtstreek",
    "VR15": "GGD Haaglanden",
    "VR16": "GGD Hollands-Midden",
    "VR17": "GGD Rotterdam-Rijnmond",
    "VR18": "Dienst Gezondheid & Jeugd Zuid-Holland Zuid",
    "VR19": "GGD Zeeland",
    "VR22": "GGD Brabant-Zuidoost",
    "VR23": "GGD Limburg-Noord",
    "VR24": "GGD Zuid-Limburg",
    "VR25": "GGD Flevoland",
    "GGWB": "GGD West-Brabant",
}

# Other spellings in the sources and the safety region's own name where that differs.
REGION_ALIASES: dict[str, tuple[str, ...]] = {
    "VR07": ("Veiligh. en Gez. Gelderland-Midden", "GGD Gelderland-Midden", "VGGM"),
    "VR10": ("Noord-Holland Noord",),
    "VR13": ("Amsterdam-Amstelland",),
    "VR18": ("Dienst Gezondheid & Jeugd ZHZ", "GGD Zuid-Holland Zuid"),
    "VR23": ("Limburg-Noord",),
    "VR24": ("Limburg-Zuid",),
}


def _inherit(found: dict[str, Municipality], attribute: str) -> None:
    """Fill what is missing from neighbours in time: first from successors, then from predecessors, largest share."""
    for _ in range(5):
        for entry in found.values():
            if not getattr(entry, attribute) and entry.successors:
                heir = max(entry.successors, key=lambda succession: succession.area_share)
                setattr(entry, attribute, getattr(found[heir.code], attribute))
        origins: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for entry in found.values():
            for succession in entry.successors:
                if getattr(entry, attribute):
                    origins[succession.code].append((succession.area_share, getattr(entry, attribute)))
        for code, candidates in origins.items():
            if not getattr(found[code], attribute):
                setattr(found[code], attribute, max(candidates)[1])
    missing = sorted(entry.code for entry in found.values() if not getattr(entry, attribute))
    if missing:
        raise SourceProblem(f"no {attribute} known for {', '.join(missing)}")


@dataclass(slots=True)
class Part:
    """A district or neighbourhood code: its names by year, and the years in which a source has it."""

    code: str
    names: dict[int, str] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)
    inhabitants: int = 0


TODAY_YEAR = 2024  # the newest list of districts and neighbourhoods


def read_parts(sources: Path) -> dict[str, Part]:
    """Districts and neighbourhoods of 2020 (health figures), 2022 (districts) and 2024, by code.

    Only 2022 and 2024 have names. A code may name another area in another year: municipalities renumber.
    """
    parts: dict[str, Part] = {}
    today = pl.read_parquet(sources / NEIGHBOURHOODS_FILE, columns=["code", "naam", "soort_regio", "a_inw"])
    for code, name, _, people in today.filter(pl.col("soort_regio").is_in(["Wijk", "Buurt"])).iter_rows():
        parts[code] = Part(code, {TODAY_YEAR: name.strip()}, {TODAY_YEAR}, people or 0)
    for year, code, name in pl.read_csv(sources / DISTRICTS_2022_FILE, columns=["jaar", "code", "name"]).iter_rows():
        part = parts.setdefault(code, Part(code))
        part.names[year] = name.strip()
        part.years.add(year)
    health = pl.read_parquet(sources / HEALTH_FILE, columns=["code"]).unique()
    for code in health.get_column("code").sort():
        if code[:2] in {"WK", "BU"}:
            parts.setdefault(code, Part(code)).years.add(HEALTH_YEAR)
    return parts


def inhabitants(sources: Path) -> dict[str, int]:
    """Inhabitants in 2024 by code, for country and municipalities (used to put larger places first in a search)."""
    frame = pl.read_parquet(sources / NEIGHBOURHOODS_FILE, columns=["code", "a_inw"])
    return {code: people or 0 for code, people in frame.iter_rows()}
