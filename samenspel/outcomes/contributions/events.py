# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is written to the audit trail about contributions: which step, never what somebody wrote."""

from django.utils.translation import gettext_lazy as _

from samenspel.platform.service import audit

_ABOUT = ("kind", "municipality", "subject")

for _slug, _sentence, _more in (
    ("sent", _("Er kwam een bijdrage binnen ({kind})."), ()),
    ("changed", _("De verteller veranderde {object}."), ()),
    ("consent_changed", _("De verteller veranderde de toestemming voor {object}."), ("use", "given")),
    ("offered", _("De bedenktijd van {object} is voorbij. De tekst wacht op controle."), ()),
    ("published", _("{actor} plaatste {object}."), ()),
    ("refused", _("{actor} weigerde {object}."), ("reason",)),
    ("reopened", _("{actor} opende {object} opnieuw voor controle."), ()),
    ("appealed", _("De verteller van {object} vroeg om een tweede oordeel."), ()),
    ("appeal_upheld", _("{actor} plaatste {object} na bezwaar."), ()),
    ("appeal_rejected", _("{actor} weigerde {object} ook na bezwaar."), ("reason",)),
    ("closed", _("De termijn voor bezwaar bij {object} is voorbij."), ()),
    ("reported", _("Een lezer meldde iets over {object}."), ("reason",)),
    (
        "hidden",
        _("Een lezer meldde dat in {object} iemand te herkennen is. De tekst is even niet te zien."),
        ("reason",),
    ),
    ("kept", _("{actor} liet {object} staan na een melding."), ()),
    ("removed", _("{actor} haalde {object} weg na een melding."), ("reason",)),
    ("withdrawn", _("De verteller trok {object} in. De tekst is gewist."), ()),
    ("erased", _("De tekst van {object} is gewist: de bewaartermijn is voorbij."), ()),
):
    audit.register_action(f"contribution.{_slug}", _sentence, detail=(*_ABOUT, *_more))

REVIEWS = "contribution.review"
audit.register_purpose(
    REVIEWS,
    _("om te controleren of een tekst op de website kan"),
    ground="AVG artikel 6 lid 1 onder a en artikel 9 lid 2 onder a",
    activity="urn:samenspel:verwerking:bijdragen-beoordelen:1",
)
