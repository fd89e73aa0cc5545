# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is written to the audit trail about the debate. Details hold keys of indicators and ids, never text."""

from django.utils.translation import gettext_lazy as _

from samenspel.platform.service import audit

_ON_INDICATOR = ("indicator", "organisation")
_ON_PROPOSAL = ("organisation", "side", "municipality", "indicator", "question")

audit.register_action(
    "indicator.agreed", _("{actor} zei het eens te zijn met het cijfer {indicator}."), detail=_ON_INDICATOR
)
audit.register_action(
    "indicator.agreement_taken_back",
    _("{actor} zei het niet meer eens te zijn met het cijfer {indicator}."),
    detail=_ON_INDICATOR,
)
audit.register_action(
    "indicator.reviewed",
    _("{actor} bekeek het cijfer {indicator} opnieuw."),
    detail=(*_ON_INDICATOR, "outcome", "next_on"),
)
for _slug, _sentence in (
    ("started", _("{actor} begon een voorstel voor een ander cijfer.")),
    ("joined", _("{actor} ging een voorstel voor een ander cijfer mee dragen.")),
    ("submitted", _("{actor} diende een voorstel voor een ander cijfer in.")),
    ("withdrawn", _("{actor} trok een voorstel voor een ander cijfer in.")),
    ("adopted", _("{actor} legde vast dat een voorstel het cijfer {indicator} werd.")),
):
    audit.register_action(f"indicator_proposal.{_slug}", _sentence, detail=_ON_PROPOSAL)
audit.register_action(
    "debate.words_removed", _("{actor} haalde woorden weg uit een gepubliceerde tekst."), detail=("organisation",)
)
