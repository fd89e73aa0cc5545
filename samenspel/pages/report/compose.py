# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole report of a municipality, section by section, as blocks of a document."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from samenspel.figures.service import Area
from samenspel.pages.report import closing, expected, people, told
from samenspel.platform.service import dutch, pdf


def report(area: Area) -> pdf.Document:
    """The report of this municipality, in the language in use now."""
    title = _("De staat van het lokaal sociaal contract in %(place)s") % {"place": area.name}
    return pdf.Document(
        title=title,
        description=_("Hoe het gaat met de inwoners van %(place)s, met cijfers, marges en verhalen")
        % {"place": area.name},
        subtitle=_("Gemaakt op %(day)s met de nieuwste cijfers die wij hebben")
        % {"day": dutch.date(timezone.localdate())},
        contents=_("Inhoud"),
        blocks=[block for section in _sections(area) for block in section],
    )


def _sections(area: Area) -> Sequence[Sequence[pdf.Block]]:
    return [
        people.reading_guide(area),
        people.who_lives_here(area),
        people.how_people_are(area),
        expected.help_used(area),
        expected.similar_places(area),
        closing.districts(area),
        told.what_people_tell(area),
        closing.not_known(area),
        closing.taking_part(area),
        expected.how_computed(),
        closing.where_figures_come_from(),
    ]
