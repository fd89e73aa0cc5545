# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fixtures for the whole suite: the embedded PostgreSQL, used as its owner and without waiting for the disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from samenspel.platform.database import bootstrap, roles
from tests.browser import browser, open_page  # noqa: F401
from tests.harness.figure_store import built_store
from tests.harness.rights import requests_as_web_role
from tests.harness.rows import shuffled_unless_ordered
from tests.harness.scripts import pages_without_own_scripts
from tests.harness.templates import RaisesWhenShown

# A shared machine may be slow for a moment; that says nothing about the code.
hypothesis_settings.register_profile("samenspel", deadline=None)
hypothesis_settings.load_profile("samenspel")


@pytest.fixture(autouse=True, scope="session")
def undefined_template_variables_fail() -> None:
    """A misspelt variable would otherwise leave a silent gap on the page."""
    from django.template import engines

    # In the settings, not only in the engine: a test that overrides settings has Django make its engines anew.
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = RaisesWhenShown("%s")
    engines["django"].engine.string_if_invalid = RaisesWhenShown("%s")  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def unordered_rows_come_in_any_order(request: pytest.FixtureRequest) -> Iterator[None]:
    """Code that leans on an order it did not ask for fails here rather than one day in production."""
    with shuffled_unless_ordered(request.node.nodeid):
        yield


@pytest.fixture(scope="session")
def figure_store() -> Path:
    """The real figures of the Netherlands, in the data folder of the tests; service functions read from it."""
    return built_store(Path(settings.DATA_FOLDER) / "figures", settings.SOURCES_FOLDER)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start the embedded server before the test database is made; tests need no durability."""
    import psycopg

    server = bootstrap.ready_server(settings.DATA_FOLDER)
    roles._current = roles.OWNER
    with psycopg.connect(
        host=server.socket_folder, user=server.user, password=server.password, dbname="postgres", autocommit=True
    ) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f"GRANT {roles.WEB} TO {roles.OWNER}")  # so that a test can step into it


@pytest.fixture(autouse=True, scope="session")
def requests_have_the_rights_of_the_web_role() -> Iterator[None]:
    """A test arranges as the owner of the schema, but what it asks of the program has the web role's rights."""
    with requests_as_web_role():
        yield


@pytest.fixture(autouse=True, scope="session")
def no_page_has_a_script_of_its_own() -> Iterator[None]:
    """Whatever page a test asks for: scripts are files of ours, and what else there is, is data."""
    with pages_without_own_scripts():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let the test runner empty the append-only tables between transactional tests, by TRUNCATE and nothing else."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("audit_event", "audit_link", "audit_head", "access_log", "processing_log"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")
