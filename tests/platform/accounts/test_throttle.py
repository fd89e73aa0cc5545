# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Guessing passwords is slowed down, over all processes, and no owner is locked out of their own account."""

import math
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from allauth.core.internal.ratelimit import parse_rates
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from samenspel.platform.accounts.adapters import ATTEMPTS_PER_ACCOUNT
from samenspel.platform.accounts.models import User
from samenspel.platform.accounts.roles import Role
from tests.platform.accounts.conftest import PASSWORD, add_totp, code_of, log_in

pytestmark = pytest.mark.django_db
Make = Callable[..., User]
ATTACKER, OWNER = {"REMOTE_ADDR": "203.0.113.7"}, {"REMOTE_ADDR": "198.51.100.9"}


def guess(client: Client, person: User, password: str = "geraden wachtwoord", **extra: Any) -> Any:
    return client.post("/inloggen/", {"login": person.email, "password": password}, **extra)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_after_five_wrong_guesses_also_the_right_one_is_refused_for_a_while(client: Client, make: Make) -> None:
    person = make("anna", Role.RESIDENT)
    for _ in range(5):
        assert "horen niet bij elkaar" in guess(client, person, **ATTACKER).content.decode()
    refused = guess(client, person, PASSWORD, **ATTACKER)
    assert "te vaak geprobeerd" in refused.content.decode() and not is_in(client)


def test_the_owner_elsewhere_still_comes_in(client: Client, make: Make) -> None:
    person = make("anna", Role.RESIDENT)
    for _ in range(8):
        guess(client, person, **ATTACKER)
    owner = Client()
    guess(owner, person, PASSWORD, **OWNER)
    assert is_in(owner)


def test_the_wait_is_over_after_five_minutes(client: Client, make: Make) -> None:
    person = make("anna", Role.RESIDENT)
    for _ in range(6):
        guess(client, person)
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=5, seconds=1)):
        guess(client, person, PASSWORD)
        assert is_in(client)


def most_in_an_hour(amount: int, seconds: float) -> int:
    """How many attempts a sliding window of `seconds` can let through in one hour."""
    return amount * math.ceil(3600 / seconds)


def test_one_address_cannot_reach_the_limit_of_the_account() -> None:
    per_address = [rate for rate in parse_rates(settings.ACCOUNT_RATE_LIMITS["login_failed"]) if rate.per == "key"]
    (per_account,) = parse_rates(ATTEMPTS_PER_ACCOUNT["login_failed_account"])
    from_one = min(most_in_an_hour(rate.amount, rate.duration) for rate in per_address)
    assert from_one == 20
    assert 2 * from_one < per_account.amount == 50 and per_account.duration == 3600


def test_an_hour_of_guessing_from_one_address_leaves_the_owner_in(client: Client, make: Make) -> None:
    person = make("anna", Role.RESIDENT)
    begin, guesses = timezone.now(), 0
    for minute in range(0, 60, 5):
        with time_machine.travel(begin + timezone.timedelta(minutes=minute, seconds=minute), tick=False):
            for _ in range(6):
                guesses += "horen niet bij elkaar" in guess(client, person, **ATTACKER).content.decode()
    assert guesses == 20
    with time_machine.travel(begin + timezone.timedelta(minutes=58), tick=False):
        owner = Client()
        guess(owner, person, PASSWORD, **OWNER)
        assert is_in(owner)


def test_an_attacker_with_many_addresses_is_stopped_for_the_account(client: Client, make: Make) -> None:
    person = make("anna", Role.RESIDENT)
    for number in range(50):
        guess(client, person, REMOTE_ADDR=f"203.0.{number}.1")
    last = guess(client, person, PASSWORD, REMOTE_ADDR="203.0.113.99")
    assert "te vaak geprobeerd" in last.content.decode() and not is_in(client)


def test_a_right_password_is_not_counted(make: Make) -> None:
    person = make("anna", Role.RESIDENT)
    for _ in range(12):
        fresh = Client()
        guess(fresh, person, PASSWORD)
        assert is_in(fresh)


def test_an_unknown_address_is_counted_in_the_same_way(client: Client) -> None:
    ghost = User(email="niemand@zwolle.example")
    for _ in range(5):
        guess(client, ghost)
    assert "te vaak geprobeerd" in guess(client, ghost).content.decode()


def test_guessing_codes_is_slowed_down_too(client: Client, make: Make) -> None:
    person = make("anna", Role.CLERK)
    secret = add_totp(person)
    log_in(client, person)
    for _ in range(5):
        client.post("/inloggen/code/", {"code": "000000"})
    client.post("/inloggen/code/", {"code": code_of(secret)})
    assert not is_in(client)


def test_asking_for_messages_is_limited(client: Client, make: Make) -> None:
    from django.core import mail

    person = make("anna")
    answers = {client.post("/inloggen/wachtwoord-vergeten/", {"email": person.email}).status_code for _ in range(6)}
    assert len(mail.outbox) == 3
    assert answers <= {200, 302, 429}


def test_the_limit_of_an_address_is_a_page_in_dutch(client: Client, make: Make) -> None:
    person = make("anna")
    for _ in range(120):
        answer = client.post("/inloggen/", {"login": "", "password": ""}, **ATTACKER)
    answer = guess(client, person, **ATTACKER)
    assert answer.status_code == 429
    assert "U ging even te snel" in answer.content.decode() and answer["Retry-After"] == "300"


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_guesses_than_one(make: Make) -> None:
    person = make("anna", Role.RESIDENT)
    refused: list[bool] = []

    def attack() -> None:
        try:
            for _ in range(4):
                refused.append("te vaak geprobeerd" in guess(Client(), person).content.decode())
        finally:
            connection.close()

    threads = [threading.Thread(target=attack) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused.count(False) <= 5 and len(refused) == 16


@pytest.mark.django_db(transaction=True)
def test_another_process_counts_the_same_attempts() -> None:
    cache.set("told", "by this process", 60)
    name = connection.settings_dict["NAME"]
    script = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        f"connection.settings_dict['NAME'] = {name!r}\n"
        "from samenspel.platform.database import roles; roles._current = roles.OWNER\n"
        "from django.core.cache import cache; print(cache.get('told'), cache.add('told', 'again'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={
            "DJANGO_SETTINGS_MODULE": "samenspel.platform.settings.test",
            "SAMENSPEL_DATA": str(settings.DATA_FOLDER),
            "PATH": "/usr/bin:/bin",
        },
    )
    assert done.stdout.strip().endswith("by this process False")
