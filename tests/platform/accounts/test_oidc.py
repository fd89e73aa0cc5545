# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logging in at an identity provider, over real HTTP, with everything that can be wrong in its answer."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import connection
from django.test import Client
from pytest_django import Settings

from samenspel.platform.accounts.keys import person_key
from samenspel.platform.accounts.models import Organisation, RoleAssignment, User
from samenspel.platform.accounts.roles import Role
from samenspel.platform.settings.identity_providers import DIGID_LEVELS, IdentityProvider
from tests.platform.accounts.oidc_server import CLIENT_ID, CLIENT_SECRET, OidcServer, new_key

pytestmark = pytest.mark.django_db
BSN = "999990019"  # a test number of the RvIG that passes the 11-test
OTHER_BSN = "999993653"


@pytest.fixture
def server() -> Iterator[OidcServer]:
    with OidcServer(person={"bsn": BSN, "acr": DIGID_LEVELS[2], "name": "A. Inwoner"}) as running:
        yield running


@pytest.fixture
def configure(server: OidcServer, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Configure the server as a provider of residents (default) or staff."""

    def residents_or_staff(kind: str = "residents", **fields: Any) -> None:
        monkeypatch.setenv("TEST_OIDC_SECRET", CLIENT_SECRET)
        values: dict[str, Any] = {
            "id": "makelaar",
            "kind": kind,
            "name": "DigiD",
            "issuer": server.issuer,
            "client_id": CLIENT_ID,
            "client_secret_env": "TEST_OIDC_SECRET",
        }
        if kind == "residents":
            values |= {
                "bsn_claim": ["bsn"],
                "represented_claim": ["act", "represented"],
                "minimum_level": DIGID_LEVELS[1],
                "area_code": "GM0193",
            }
        provider = IdentityProvider.model_validate(values | fields)
        settings.IDENTITY_PROVIDERS = [provider]
        settings.SOCIALACCOUNT_PROVIDERS = {"samenspel_oidc": {"APPS": [provider.as_allauth_app()]}}

    return residents_or_staff


def ask(address: str) -> httpx.Response:
    """Ask the provider; over plain HTTP there is no certificate to read first, which takes long."""
    with httpx.Client(verify=False) as browser:
        return browser.get(address)


def begin(client: Client) -> str:
    """Press the button; gives the address at the provider."""
    sent = client.post("/inloggen/via/makelaar/")
    assert sent.status_code == 302, sent.content
    address: str = sent["Location"]
    return address


def come_back(client: Client, address: str) -> Any:
    """Follow the provider back to us."""
    answer = ask(address)
    back = urlsplit(answer.headers["location"])
    return client.get(f"{back.path}?{back.query}")


def log_in(client: Client) -> Any:
    return come_back(client, begin(client))


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_resident_comes_in_and_is_recognised_the_next_time(
    client: Client, configure: Callable[..., None], municipality: Organisation
) -> None:
    configure()
    assert "Log in met DigiD" in client.get("/inloggen/").content.decode()
    assert log_in(client).status_code == 302
    assert is_in(client)
    person = User.objects.get(display_name="A. Inwoner")
    assert person.email is None and not person.has_usable_password()
    assert [one.role for one in person.role_assignments.all()] == ["resident"]
    again = Client()
    log_in(again)
    assert again.session["_auth_user_id"] == str(person.pk)
    assert RoleAssignment.objects.filter(person=person).count() == 1
    assert client.get("/mijn-account/inloggen/").status_code == 200  # no second step is asked of residents


def test_the_citizen_service_number_is_nowhere_in_the_database(
    client: Client, configure: Callable[..., None], municipality: Organisation, server: OidcServer
) -> None:
    configure()
    server.person["act"] = {"represented": OTHER_BSN}
    log_in(client)
    account = SocialAccount.objects.get()
    assert account.uid == person_key(BSN)
    assert account.extra_data == {"level": DIGID_LEVELS[2]}
    decoded = str(dict(client.session))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT count(*) FROM "{table}" one WHERE one::text LIKE %s OR one::text LIKE %s',
                           [f"%{BSN}%", f"%{OTHER_BSN}%"])  # fmt: skip
            assert cursor.fetchone() == (0,), table
    assert BSN not in decoded and OTHER_BSN not in decoded


def test_a_representative_is_known_as_acting_for_somebody(
    client: Client, configure: Callable[..., None], municipality: Organisation, server: OidcServer
) -> None:
    configure()
    server.person["act"] = {"represented": OTHER_BSN}
    log_in(client)
    shown = client.get("/mijn-account/inloggen/")
    assert shown.wsgi_request.actor.represents == person_key(OTHER_BSN)  # type: ignore[attr-defined]


def test_pkce_state_and_nonce_are_sent(
    client: Client, configure: Callable[..., None], municipality: Organisation, server: OidcServer
) -> None:
    configure()
    query = parse_qs(urlsplit(begin(client)).query)
    assert query["code_challenge_method"] == ["S256"] and len(query["code_challenge"][0]) == 43
    assert len(query["nonce"][0]) >= 32 and query["state"] and query["scope"] == ["openid"]
    assert query["redirect_uri"] == ["http://testserver/inloggen/via/makelaar/terug/"]


def test_a_visitor_cannot_choose_parameters(client: Client, configure: Callable[..., None]) -> None:
    configure()
    sent = client.post(
        "/inloggen/via/makelaar/?auth_params=acr_values%3Dlow%26nonce%3Dx&scope=everything&process=connect"
    )
    query = parse_qs(urlsplit(sent["Location"]).query)
    assert query["scope"] == ["openid"] and "acr_values" not in query and query["nonce"] != ["x"]


def spoil_nonce(claims: dict[str, Any]) -> None:
    claims["nonce"] = "of another session"


def spoil_audience(claims: dict[str, Any]) -> None:
    claims["aud"] = "another application"


def spoil_second_audience(claims: dict[str, Any]) -> None:
    claims["aud"] = [CLIENT_ID, "another application"]


def spoil_party(claims: dict[str, Any]) -> None:
    claims["azp"] = "another application"


def spoil_issuer(claims: dict[str, Any]) -> None:
    claims["iss"] = "https://evil.example"


def spoil_expiry(claims: dict[str, Any]) -> None:
    claims["exp"] = claims["iat"] - 60


def spoil_future(claims: dict[str, Any]) -> None:
    claims["iat"] += 3600


def spoil_level(claims: dict[str, Any]) -> None:
    claims["acr"] = DIGID_LEVELS[0]


def spoil_unknown_level(claims: dict[str, Any]) -> None:
    claims["acr"] = "very high"


def spoil_no_level(claims: dict[str, Any]) -> None:
    del claims["acr"]


def spoil_bsn(claims: dict[str, Any]) -> None:
    claims["bsn"] = "123456789"


def spoil_no_bsn(claims: dict[str, Any]) -> None:
    del claims["bsn"]


def spoil_no_expiry(claims: dict[str, Any]) -> None:
    del claims["exp"]


def spoil_no_nonce(claims: dict[str, Any]) -> None:
    del claims["nonce"]


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_nonce, spoil_no_nonce, spoil_audience, spoil_second_audience, spoil_party, spoil_issuer, spoil_expiry,
        spoil_no_expiry, spoil_future, spoil_level, spoil_unknown_level, spoil_no_level, spoil_bsn, spoil_no_bsn,
    ],
)  # fmt: skip
def test_a_wrong_answer_lets_nobody_in(
    client: Client,
    configure: Callable[..., None],
    municipality: Organisation,
    server: OidcServer,
    spoil: Callable[[dict[str, Any]], None],
) -> None:
    configure()
    server.spoil = spoil
    refused = log_in(client)
    assert refused.status_code == 403
    page = refused.content.decode()
    assert "Inloggen is niet gelukt" in page and BSN not in page
    assert not is_in(client) and not User.objects.exists()
    if "level" in spoil.__name__:
        assert "niet sterk genoeg" in page


def test_a_signature_by_another_key_lets_nobody_in(
    client: Client, configure: Callable[..., None], municipality: Organisation, server: OidcServer
) -> None:
    configure()
    server.publishes = new_key()
    assert log_in(client).status_code == 403 and not is_in(client)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_an_algorithm_that_others_can_make_lets_nobody_in(
    client: Client, configure: Callable[..., None], municipality: Organisation, server: OidcServer, algorithm: str
) -> None:
    configure()
    server.algorithm = algorithm
    assert log_in(client).status_code == 403 and not is_in(client)


def test_an_answer_for_another_browser_lets_nobody_in(
    client: Client, configure: Callable[..., None], municipality: Organisation
) -> None:
    configure()
    address = begin(client)
    victim = Client()
    assert come_back(victim, address).status_code == 403 and not is_in(victim)


def test_an_answer_works_once(
    client: Client, configure: Callable[..., None], municipality: Organisation, server: OidcServer
) -> None:
    configure()
    answer = ask(begin(client))
    back = urlsplit(answer.headers["location"])
    assert client.get(f"{back.path}?{back.query}").status_code == 302
    client.post("/uitloggen/")
    assert client.get(f"{back.path}?{back.query}").status_code == 403 and not is_in(client)


def test_an_answer_of_another_provider_is_refused(
    client: Client, configure: Callable[..., None], municipality: Organisation
) -> None:
    configure()
    back = urlsplit(ask(begin(client)).headers["location"])
    mixed = client.get(f"{back.path}?{back.query}&iss=https%3A%2F%2Fevil.example")
    assert mixed.status_code == 403 and not is_in(client)


def test_stopping_at_the_provider_changes_nothing(
    client: Client, configure: Callable[..., None], server: OidcServer
) -> None:
    configure()
    server.denies = True
    stopped = log_in(client)
    assert stopped.status_code == 403 and "gestopt met inloggen" in stopped.content.decode()


def test_a_log_in_begins_with_a_post_at_a_known_provider(client: Client, configure: Callable[..., None]) -> None:
    configure()
    assert client.get("/inloggen/via/makelaar/").status_code == 405
    assert client.post("/inloggen/via/iemand/").status_code == 404
    assert client.get("/inloggen/via/iemand/terug/").status_code == 404
    assert client.get("/inloggen/via/makelaar/terug/").status_code == 403


def test_staff_whom_nobody_added_are_refused(
    client: Client, configure: Callable[..., None], server: OidcServer, municipality: Organisation
) -> None:
    configure("staff", name="Zwolle")
    server.person = {"email": "vreemd@zwolle.example", "sub": "s1"}
    refused = log_in(client)
    assert refused.status_code == 403 and "nog geen account" in refused.content.decode()
    assert not User.objects.exists()


def test_staff_are_tied_to_their_subject_at_first_log_in(
    client: Client, configure: Callable[..., None], server: OidcServer, make: Callable[..., User]
) -> None:
    person = make("anna", Role.ADMINISTRATOR)
    configure("staff", name="Zwolle", second_factor_by_provider=True)
    server.person = {"email": "Anna@Zwolle.example", "sub": "s1"}
    log_in(client)
    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.get("/beheer/mensen/").status_code == 200  # the provider asked for the second factor
    server.person = {"email": "anna@zwolle.example", "sub": "s2"}
    impostor = Client()
    assert log_in(impostor).status_code == 403 and not is_in(impostor)
    server.person = {"email": "new-name@zwolle.example", "sub": "s1"}
    renamed = Client()
    log_in(renamed)
    assert renamed.session["_auth_user_id"] == str(person.pk)


def test_staff_of_a_provider_without_second_factor_set_one_up_here(
    client: Client, configure: Callable[..., None], server: OidcServer, make: Callable[..., User]
) -> None:
    make("anna", Role.ADMINISTRATOR)
    configure("staff", name="Zwolle")
    server.person = {"email": "anna@zwolle.example", "sub": "s1"}
    log_in(client)
    assert client.get("/beheer/mensen/")["Location"] == "/mijn-account/tweede-stap/"


def test_an_unverified_address_ties_nobody(
    client: Client, configure: Callable[..., None], server: OidcServer, make: Callable[..., User]
) -> None:
    make("anna", Role.ADMINISTRATOR)
    configure("staff", name="Zwolle")
    server.person = {"email": "anna@zwolle.example", "email_verified": False, "sub": "s1"}
    assert log_in(client).status_code == 403 and not is_in(client)


def test_a_closed_account_stays_closed(
    client: Client, configure: Callable[..., None], municipality: Organisation
) -> None:
    configure()
    log_in(client)
    User.objects.update(is_active=False)
    later = Client()
    refused = log_in(later)
    assert refused.status_code == 403 and "gesloten" in refused.content.decode() and not is_in(later)


def test_the_browser_may_follow_the_form_to_the_provider(
    configure: Callable[..., None], server: OidcServer, settings: Settings
) -> None:
    from samenspel.platform.settings.identity_providers import identity_provider_origins

    configure(other_origins=["https://login.makelaar.example/pad"])
    assert identity_provider_origins(settings.IDENTITY_PROVIDERS) == [server.issuer, "https://login.makelaar.example"]
