# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The provider as django-allauth knows it: always PKCE, always a nonce, always a verified signature, nothing stored."""

import secrets
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from samenspel.platform.accounts.oidc import claims
from samenspel.platform.settings.identity_providers import IdentityProvider


class SamenspelOidcAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Fetches the token and turns it into an identity; the id_token's signature is checked, whatever its road."""

    expected_nonce = ""

    @property
    def configuration(self) -> IdentityProvider:
        """Our own settings of this provider."""
        found = self.get_provider().app.settings["provider"]
        assert isinstance(found, IdentityProvider)
        return found

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any) -> Any:
        """A login from the id_token alone; userinfo is not asked, because it is not signed."""
        id_token = kwargs["response"].get("id_token")
        if not isinstance(id_token, str):
            raise claims.Rejected("token")
        issuer = self.openid_config.get("issuer", "")
        if issuer.rstrip("/") != self.configuration.issuer.rstrip("/"):
            raise claims.Rejected("issuer")
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            key_set = answer.json()
        found = claims.decode(
            id_token, provider=self.configuration, issuer=issuer, key_set=key_set, nonce=self.expected_nonce
        )
        who = claims.identity(found, self.configuration)
        login = self.get_provider().sociallogin_from_response(request, {"identity": who})
        login.identity = who
        return login

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Where the provider sends people back to."""
        return request.build_absolute_uri(reverse("oidc_callback", kwargs={"provider_id": self.provider_id}))


class SamenspelOidcProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """One identity provider of the settings file."""

    id = "samenspel_oidc"
    name = "OpenID Connect"
    pkce_enabled_default = True
    oauth2_adapter_class = SamenspelOidcAdapter
    supports_token_authentication = False

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        """The address whose POST begins the log-in."""
        return reverse("oidc_login", kwargs={"provider_id": self.app.provider_id})

    def get_callback_url(self) -> str:
        """Where the provider sends people back to."""
        return reverse("oidc_callback", kwargs={"provider_id": self.app.provider_id})

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Only where to go afterwards; a visitor cannot choose scopes, parameters or another process."""
        given = super().get_redirect_from_request_kwargs(request)
        return {"process": "login", **({"next_url": given["next_url"]} if given.get("next_url") else {})}

    def redirect(
        self, request: HttpRequest, process: Any, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Send the visitor to the provider, with a nonce that ties the id_token to this browser's session."""
        nonce = secrets.token_urlsafe(32)
        parameters = {**self.get_auth_params(), "nonce": nonce}
        answer = super().redirect(
            request, process, next_url=next_url, data=data, auth_params=parameters, nonce=nonce, **kwargs
        )
        assert isinstance(answer, HttpResponse)
        return answer

    def get_default_scope(self) -> list[str]:
        """What is asked for unless the settings say otherwise."""
        return ["openid"]

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The subject for staff; for residents the key of their citizen service number."""
        return str(data["identity"].uid)

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Stored with the account: the level of assurance of the last log-in, and nothing else of the claims."""
        return {"level": data["identity"].level}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """The name, for a person who is new here."""
        return {"name": data["identity"].name}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """None: an address is only used to find a staff member whom an administrator added before."""
        return []


class LoginView(OAuth2LoginView):  # type: ignore[misc]
    """Begins a log-in (POST only)."""


class CallbackView(OAuth2CallbackView):  # type: ignore[misc]
    """Ends a log-in: hands the nonce of this browser's session to the adapter."""

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        if state is not None:
            assert isinstance(self.adapter, SamenspelOidcAdapter)
            self.adapter.expected_nonce = state.get("nonce") or ""
            issuer = request.GET.get("iss")
            # RFC 9207: an answer of another provider than the one asked.
            if issuer is not None and issuer.rstrip("/") != self.adapter.configuration.issuer.rstrip("/"):
                raise OAuth2Error("issuer")
        return state, response


provider_classes = [SamenspelOidcProvider]
