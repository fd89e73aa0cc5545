# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The source tables that come with Samenspel: who published them, how they are read, and what they are checked on.

`precedence` decides when two tables hold the same cell: the lowest number wins. Tables with exact counts stand before
tables with rounded percentages, national tables before selections, and definitive figures before provisional ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from samenspel.figures.types import AreaLevel, Status

CBS = "Centraal Bureau voor de Statistiek (CBS)"
RIVM = "RIVM, GGD'en en CBS"
CC_BY = "CC BY 4.0"
KWB_ATTRIBUTION = "Bron: CBS, Kerncijfers wijken en buurten, CC BY 4.0, bewerkt."
STATLINE_ATTRIBUTION = "Bron: CBS, StatLine, CC BY 4.0, bewerkt."


@dataclass(frozen=True, slots=True)
class Total:
    """The values of one indicator over all areas of a level must add up to the national figure.

    `tolerance` is the share by which they may differ (0: not at all); `source` says where the national figure is from.
    `dimension` "age": the cells broken down by age, and by nothing else, are added up.
    """

    indicator: str
    period: str
    expected: float
    source: str
    tolerance: float = 0.0
    level: AreaLevel = AreaLevel.MUNICIPALITY
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class SourceTable:
    """One table of a publisher as we hold it.

    `classification`: the year of the area division when it is not the period itself (all years of the RIVM table are
    on the areas of 2020). `statuses`: the mark per period, `status` for all other periods. `reader` names the family
    of files (samenspel.figures.importers.readers); a live table has none and brings its own long frame.
    """

    key: str
    title: str
    publisher: str
    year: str
    file: str
    reader: str
    precedence: int
    statline: tuple[str, ...] = ()
    licence: str = CC_BY
    attribution: str = STATLINE_ATTRIBUTION
    url: str = "https://opendata.cbs.nl/statline/"
    note: str = ""
    classification: int | None = None
    status: Status = Status.PUBLISHED
    statuses: Mapping[str, Status] = field(default_factory=lambda: MappingProxyType({}))
    totals: tuple[Total, ...] = ()


_POPULATION = "CBS StatLine 37296ned, Bevolking; kerncijfers"
_MAP = "Wijk- en buurtkaart 2012 van CBS en Kadaster"


def _population(*periods: str) -> tuple[Total, ...]:
    national = {
        # The map of 2012 lacks three of the 16,730,348 registered people.
        "2012": (16_730_345, _MAP),
        "2017": (17_081_507, _POPULATION),
        "2018": (17_181_084, _POPULATION),
        "2019": (17_282_163, _POPULATION),
        "2020": (17_407_585, _POPULATION),
        "2021": (17_475_415, _POPULATION),
        "2022": (17_590_672, _POPULATION),
        "2023": (17_811_291, _POPULATION),
        "2024": (17_942_942, _POPULATION),
        "2025": (18_044_027, _POPULATION),
    }
    return tuple(Total("population", p, *national[p]) for p in periods)


_TABLES = (
    SourceTable(
        key="cbs_70072_2025",
        title="Regionale kerncijfers Nederland 2025: bevolking en huishoudens",
        publisher=CBS,
        year="2025",
        file="population/bevolking_huishoudens_gemeente_2025.csv",
        reader="coded_csv",
        precedence=10,
        statline=("70072ned",),
        totals=(
            *_population("2025"),
            Total("households", "2025", 8_430_352, "CBS StatLine 70072ned, regel Nederland"),
        ),
    ),
    SourceTable(
        key="kwb_2024_population",
        title="Kerncijfers wijken en buurten 2024: bevolking naar leeftijd en herkomst",
        publisher=CBS,
        year="2024",
        file="kwb/kwb_2024_gemeente_wijk_buurt_bevolking.parquet",
        reader="kwb_2024",
        precedence=20,
        statline=("85984NED",),
        attribution=KWB_ATTRIBUTION,
        note="Aantallen voor wijken en buurten zijn door het CBS afgerond op vijf.",
        totals=(
            *_population("2024"),
            # Districts and neighbourhoods are rounded to five.
            Total("population", "2024", 17_942_942, _POPULATION, 0.001, AreaLevel.DISTRICT),
            Total("population", "2024", 17_942_942, _POPULATION, 0.001, AreaLevel.NEIGHBOURHOOD),
        ),
    ),
    SourceTable(
        key="kwb_2024_map",
        title="Wijk- en buurtkaart 2024: kenmerken van gemeenten",
        publisher=CBS,
        year="2024",
        file="kwb/kwb_2024_gemeente_kaart.parquet",
        reader="kwb_map",
        precedence=30,
        statline=("85984NED",),
        attribution=KWB_ATTRIBUTION,
        totals=(
            *_population("2024"),
            Total("households", "2024", 8_374_404, "CBS StatLine 85984NED, regel Nederland"),
        ),
    ),
    SourceTable(
        key="kwb_2024_map_districts",
        title="Wijk- en buurtkaart 2024: kenmerken van wijken in 148 gemeenten",
        publisher=CBS,
        year="2024",
        file="kwb/kwb_2024_wijk_kaart_148gemeenten.parquet",
        reader="kwb_map",
        precedence=40,
        statline=("85984NED",),
        attribution=KWB_ATTRIBUTION,
        note="Niet landelijk: alleen wijken in 148 gemeenten in het westen en midden, van 29 niet alle wijken.",
    ),
    SourceTable(
        key="kwb_2012_2024",
        title="Kerncijfers wijken en buurten 2012-2024: gemeenten",
        publisher=CBS,
        year="2012-2024",
        file="kwb/kwb_gemeente_2012_2024.csv",
        reader="kwb_years",
        precedence=50,
        statline=("85318NED", "85618NED", "85984NED"),
        attribution=KWB_ATTRIBUTION,
        totals=_population("2012", "2017", "2018", "2019", "2022", "2023", "2024"),
    ),
    SourceTable(
        key="kwb_housing_2020_2025",
        title="Kerncijfers wijken en buurten 2020-2025: wonen en bevolking van gemeenten",
        publisher=CBS,
        year="2020-2025",
        file="kwb/kwb_gemeente_2020_2025_wonen.csv",
        reader="kwb_years",
        precedence=60,
        statline=("84799NED", "85039NED", "85318NED", "85618NED", "85984NED", "86165NED"),
        attribution=KWB_ATTRIBUTION,
        statuses=MappingProxyType({"2025": Status.PROVISIONAL}),
        totals=_population("2020", "2021", "2022", "2023", "2024", "2025"),
    ),
    SourceTable(
        key="kwb_2021",
        title="Kerncijfers wijken en buurten 2021: gemeenten",
        publisher=CBS,
        year="2021",
        file="kwb/kwb_gemeente_2021.csv",
        reader="kwb_years",
        precedence=70,
        statline=("85039NED",),
        attribution=KWB_ATTRIBUTION,
        totals=_population("2021"),
    ),
    SourceTable(
        key="kwb_2022_districts",
        title="Kerncijfers wijken en buurten 2022: selectie voor wijken",
        publisher=CBS,
        year="2022",
        file="kwb/kwb_2022_wijk_selectie.csv",
        reader="kwb_districts",
        precedence=80,
        statline=("85318NED",),
        attribution=KWB_ATTRIBUTION,
        totals=(Total("population", "2022", 17_590_672, _POPULATION, 0.001, AreaLevel.DISTRICT),),
    ),
    SourceTable(
        key="rivm_50090",
        title="Gezondheid per wijk en buurt 2012, 2016 en 2020 (indeling 2020)",
        publisher=RIVM,
        year="2012, 2016, 2020",
        file="health/gezondheid_gemeente_wijk_buurt_2012_2016_2020.parquet",
        reader="rivm",
        precedence=100,
        statline=("50090NED",),
        attribution="Bron: RIVM, GGD'en en CBS, Gezondheid per wijk en buurt, CC BY 4.0, bewerkt.",
        url="https://statline.rivm.nl/",
        note=(
            "Schattingen met een rekenmodel, op de gebieden van 2020. In 2020 was er corona. "
            "Voor 18 tot 65 jaar ontbreekt 2020."
        ),
        classification=2020,
        status=Status.MODEL_ESTIMATE,
    ),
    SourceTable(
        key="monitor_2022_regions",
        title="Gezondheidsmonitor 2022: bevolking van 18 jaar of ouder, GGD-regio's",
        publisher=RIVM,
        year="2022",
        file="health/ggd_regio_gezondheidsmonitor_2022.csv",
        reader="monitor_regions",
        precedence=110,
        attribution="Bron: GGD'en, CBS en RIVM, Gezondheidsmonitor Volwassenen en Ouderen 2022, CC BY 4.0, bewerkt.",
    ),
    SourceTable(
        key="income_2024",
        title="Inkomen van huishoudens 2024, regio",
        publisher=CBS,
        year="2024",
        file="income/inkomen_huishoudens_gemeente_2024.csv",
        reader="coded_csv",
        precedence=120,
        status=Status.PROVISIONAL,
        note="Voorlopige cijfers. Leeg voor Ameland, Renswoude, Rozendaal, Schiermonnikoog en Vlieland.",
    ),
    SourceTable(
        key="age5_2021",
        title="Bevolking 2021 naar leeftijd en geslacht, opgeteld uit postcodes",
        publisher=CBS,
        year="2021",
        file="population/bevolking_gemeente_leeftijd5_geslacht_2021.csv",
        reader="age5",
        precedence=130,
        statline=("83502NED",),
        status=Status.DERIVED,
        note=(
            "Opgeteld uit postcodegebieden, afgerond op vijf. Wijkt af waar een postcode over de gemeentegrens gaat, "
            "het meest in Heusden (9,0 % te laag) en Heiloo (3,8 % te laag)."
        ),
        totals=(Total("population_by_age", "2021", 17_475_415, _POPULATION, 0.005, dimension="age"),),
    ),
    SourceTable(
        key="population_nl_age",
        title="Bevolking van Nederland naar leeftijd en geslacht, 2000-2025",
        publisher=CBS,
        year="2000-2025",
        file="population/bevolking_nl_leeftijd_geslacht_2000_2025.csv",
        reader="national_age",
        precedence=5,
        statline=("7461bev",),
        totals=(
            Total(
                "population_by_age",
                "2025",
                18_044_027,
                _POPULATION,
                level=AreaLevel.COUNTRY,
                dimension="age",
            ),
        ),
    ),
    SourceTable(
        key="deaths_nl_age",
        title="Overledenen in Nederland naar leeftijd en geslacht, 2000-2024",
        publisher=CBS,
        year="2000-2024",
        file="population/overledenen_nl_leeftijd_geslacht_2000_2024.csv",
        reader="national_deaths",
        precedence=6,
        totals=(
            Total(
                "deaths_by_age",
                "2019",
                151_885,
                "CBS, overledenen per gemeente, regel Nederland",
                level=AreaLevel.COUNTRY,
                dimension="age",
            ),
        ),
    ),
    SourceTable(
        key="deaths_2012_2021",
        title="Overledenen per gemeente, 2012-2021",
        publisher=CBS,
        year="2012-2021",
        file="population/overledenen_gemeente_2002_2021.csv",
        reader="deaths",
        precedence=160,
        statuses=MappingProxyType({"2021": Status.PROVISIONAL}),
        note="Het bestand begint in 2002; gemeenten van vóór 2012 kennen wij niet, daarom beginnen wij in 2012.",
        totals=(
            Total("deaths", "2019", 151_885, "CBS, overledenen per gemeente, regel Nederland"),
            Total("deaths", "2012", 140_813, "CBS, overledenen per gemeente, regel Nederland", 0.001),
        ),
    ),
    SourceTable(
        key="households_2020",
        title="Huishoudens naar samenstelling en grootte, gemeenten, 2020",
        publisher=CBS,
        year="2020",
        file="population/huishoudens_gemeente_2020.csv",
        reader="named_csv",
        precedence=170,
        statline=("71486ned",),
        totals=(Total("households", "2020", 7_997_800, "CBS StatLine 71486ned, Nederland 2020"),),
    ),
    SourceTable(
        key="religion_2010_2014",
        title="Religie en kerkbezoek naar gemeente, 2010-2014",
        publisher=CBS,
        year="2010-2014",
        file="social/kerkbezoek_gemeente_2010_2014.csv",
        reader="religion",
        precedence=180,
        classification=2014,
        attribution="Bron: CBS, Religie en kerkbezoek naar gemeente 2010-2014 (maatwerk), CC BY 4.0, bewerkt.",
        url="https://www.cbs.nl/nl-nl/maatwerk",
        note="Vijf jaar samengenomen. Godsdienst is gevoelig; dit zijn alleen cijfers over hele gemeenten.",
    ),
)

TABLES: Mapping[str, SourceTable] = MappingProxyType({table.key: table for table in _TABLES})
