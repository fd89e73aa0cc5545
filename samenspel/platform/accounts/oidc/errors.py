# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody reads when logging in at an identity provider did not work. The log gets the code, never a claim."""

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

log = structlog.get_logger(__name__)


def reject(request: HttpRequest, code: str) -> HttpResponse:
    """The page that says why (403), with what to do; unknown codes get the general sentence."""
    sentences = {
        "level": _(
            "U logde in op een manier die hier niet sterk genoeg is. Log in met de DigiD-app of met een sms-code."
        ),
        "unknown": _("Uw organisatie kent u, maar u heeft hier nog geen account. Vraag het uw beheerder."),
        "closed": _("Uw account is gesloten. Vraag uw beheerder om hulp."),
        "expired": _("Het inloggen duurde te lang. Probeer het nog een keer."),
        "cancelled": _("U bent gestopt met inloggen. Er is niets veranderd."),
    }
    log.warning("oidc_login_rejected", code=code)
    sentence = sentences.get(code, _("Het inloggen is niet gelukt. Er is niets veranderd. Probeer het nog een keer."))
    return render(request, "socialaccount/authentication_error.html", {"sentence": sentence}, status=403)
