# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is written to the audit trail about people and roles. Details hold slugs and codes, never names or addresses."""

from django.utils.translation import gettext_lazy as _

from samenspel.platform.audit.service import register_action

register_action(
    "role.granted",
    _("{actor} gaf de rol {role} aan {object}, binnen {area_code}."),
    detail=("role", "area_code", "organisation", "team", "person"),
)
register_action(
    "role.ended",
    _("{actor} beëindigde de rol {role} van {object}, binnen {area_code}."),
    detail=("role", "area_code", "organisation", "team", "person"),
)
register_action("person.added", _("{actor} voegde {object} toe."), detail=("example",))
register_action("person.closed", _("{actor} sloot het account van {object}."))
register_action("person.reopened", _("{actor} opende het account van {object} weer."))
register_action("organisation.added", _("{actor} voegde de organisatie {object} toe."), detail=("kind", "area_code"))
register_action("team.added", _("{actor} voegde het team {object} toe."), detail=("organisation",))
register_action("login.done", _("{actor} logde in."), detail=("method",))
register_action("login.failed", _("Iemand probeerde in te loggen. Dat lukte niet."), detail=("known",))
register_action("login.ended", _("{actor} logde uit."), detail=("why",))
register_action("second_factor.added", _("{actor} stelde een tweede stap in."), detail=("type",))
register_action("second_factor.removed", _("{actor} verwijderde een tweede stap."), detail=("type",))
register_action("password.changed", _("{actor} veranderde het wachtwoord."))
register_action("demo.stepped_in", _("In de demo werd {object} gekozen."))
