# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The two addresses of each identity provider: where a log-in begins and where it comes back."""

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from samenspel.platform.accounts.oidc.claims import Rejected
from samenspel.platform.accounts.oidc.errors import reject
from samenspel.platform.accounts.oidc.provider import CallbackView, LoginView, SamenspelOidcAdapter
from samenspel.platform.policies import declares, public

ENTRANCE = public("Everyone may begin to log in.")


@declares(ENTRANCE)
@never_cache
@require_POST
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the visitor to the identity provider."""
    try:
        answer = LoginView.adapter_view(SamenspelOidcAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    assert isinstance(answer, HttpResponse)
    return answer


@declares(ENTRANCE)
@never_cache
@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the answer of the identity provider."""
    try:
        answer = CallbackView.adapter_view(SamenspelOidcAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except Rejected as error:
        return reject(request, error.code)
    except (OAuth2Error, KeyError, AttributeError):
        return reject(request, "answer")
    assert isinstance(answer, HttpResponse)
    return answer
