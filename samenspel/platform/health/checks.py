# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the platform checks of itself: database, rights, settings, folders, worker, keys, audit trail."""

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from samenspel.platform.database.embedded import EmbeddedDatabaseError
from samenspel.platform.failures import sentence_for
from samenspel.platform.health.registry import Finding, error, ok, register_check, warning

OLDEST_POSTGRES, NEWEST_POSTGRES = 15, 18
LEAST_FREE, LITTLE_FREE = 200 * 1024**2, 2 * 1024**3  # bytes
SHORTEST_SECRET = 40  # characters; django.core.checks asks for 50 of a smaller alphabet
WORKER_SILENT_SECONDS = 60
AUDITED_ROWS = 1000
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "::1", ".localhost"})
GUARDS = (
    "audit_event_no_change", "audit_event_no_truncate", "audit_event_turn", "audit_turn_bind",
    "audit_link_no_change", "audit_link_no_truncate", "audit_head_no_delete", "audit_head_forward",
)  # fmt: skip

_migrated = False


def _one(query: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row = cursor.fetchone()
    return row[0] if row is not None else None


@register_check("database", "Database", ready=True)
def database() -> Iterator[Finding]:
    """It answers, and it is a version we know."""
    try:
        version = int(_one("SHOW server_version_num")) // 10000
    except (DatabaseError, EmbeddedDatabaseError) as raised:
        yield error(
            f"The database does not answer ({type(raised).__name__}).",
            sentence_for(raised) or "Check DATABASE_URL and that the server runs.",
        )
        return
    kind = "embedded" if settings.DATABASES["default"].get("EMBEDDED") else "server"
    if OLDEST_POSTGRES <= version <= NEWEST_POSTGRES:
        yield ok(f"PostgreSQL {version} answers ({kind}).")
    else:
        yield error(f"PostgreSQL {version} is not supported.", f"Use version {OLDEST_POSTGRES} to {NEWEST_POSTGRES}.")


@register_check("migrations", "Migrations", ready=True)
def migrations() -> Iterator[Finding]:
    """The tables are those of this version. Remembered once true: the files do not change under a running process."""
    global _migrated
    if not _migrated:
        try:
            executor = MigrationExecutor(connection)
            missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except (DatabaseError, EmbeddedDatabaseError) as raised:
            yield error(f"Not known: the database does not answer ({type(raised).__name__}).", "See Database.")
            return
        if missing:
            yield error(f"{len(missing)} migrations are not applied.", "Run: samenspel manage migrate")
            return
        _migrated = True
    yield ok("All migrations are applied.")


@register_check("rights", "Database rights")
def rights() -> Iterator[Finding]:
    """The role that serves people cannot rewrite the trail, and the triggers that refuse it are on."""
    role = _one("SELECT current_user")
    if _one("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        yield error(f"Samenspel works as the superuser {role}.", "Give it a role of its own in DATABASE_URL.")
    elif _one("SELECT has_table_privilege('audit_event', 'UPDATE') OR has_table_privilege('audit_event', 'DELETE')"):
        yield warning(
            f"The role {role} owns the audit trail; only triggers keep it from rewriting it.",
            "Let the owner migrate, and serve with a role named samenspel_web (docs/how-to/run-in-production.md).",
        )
    else:
        yield ok(f"The role {role} can add to the audit trail and not change it.")
    on = _one("SELECT count(*) FROM pg_trigger WHERE tgname = ANY(%s) AND tgenabled IN ('O', 'A')", list(GUARDS))
    if on == len(GUARDS):
        yield ok("The triggers that guard the audit trail are on.")
    else:
        yield error(
            f"{len(GUARDS) - on} of {len(GUARDS)} triggers that guard the audit trail are off or gone.",
            "Find out who did this and why; then run: samenspel audit verify",
        )


@register_check("secret-key", "Secret key")
def secret_key() -> Iterator[Finding]:
    """Long, and nobody else's."""
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_SECRET or key.startswith("django-insecure") or len(set(key)) < 8:
        yield error(
            "The secret key is short or known.", "Remove SECRET_KEY to let Samenspel make one, or set a long one."
        )
    else:
        yield ok("The secret key is long enough.")


@register_check("hosts", "Addresses")
def hosts() -> Iterator[Finding]:
    """Which host names are answered, and over what."""
    allowed = list(settings.ALLOWED_HOSTS)
    if "*" in allowed:
        yield error("Any host name is answered.", "Name yours: ALLOWED_HOSTS=samenspel.gemeente.nl")
    elif set(allowed) <= LOCAL_HOSTS:
        yield ok("Only reachable under local names. For others, set ALLOWED_HOSTS.")
    else:
        yield ok(f"Answers {len(allowed)} host names.")
        if not settings.SESSION_COOKIE_SECURE:
            yield warning(
                "Log-in cookies also travel without encryption.", "Serve over HTTPS and set the secure cookies."
            )


@register_check("mode", "Mode")
def mode() -> Iterator[Finding]:
    """Neither debugging nor, in production, a demo."""
    if settings.DEBUG:
        yield error("DEBUG is on: errors show settings and data.", "Use samenspel.platform.settings.installed.")
    if settings.DEMO:
        yield warning(
            "Demo mode: anyone may step in as an example person.", "In production, do not set SAMENSPEL_DEMO."
        )
    if not settings.DEBUG and not settings.DEMO:
        yield ok("Production mode.")


@register_check("data-folder", "Data folder")
def data_folder() -> Iterator[Finding]:
    """It is there, only ours, and there is room."""
    folder: Path = settings.DATA_FOLDER
    if not folder.is_dir():
        yield error(f"{folder} does not exist.", "Run: samenspel serve, or set SAMENSPEL_DATA.")
        return
    if not os.access(folder, os.W_OK | os.X_OK):
        yield error(f"{folder} cannot be written.", "Give the user that runs Samenspel write access.")
    else:
        yield ok(f"{folder} can be written.")
    for name in ("secret-key", "postgres-password"):
        path = folder / name
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield error(f"{name} can be read by others.", f"Run: chmod 600 {path}")
    free = shutil.disk_usage(folder).free
    room = f"{free / 1024**3:.1f} GB is free."
    if free < LEAST_FREE:
        yield error(room, "Make room: the database stops when the disk is full.")
    elif free < LITTLE_FREE:
        yield warning(room, "Make room before the disk is full.")
    else:
        yield ok(room)


@register_check("keys", "Encryption keys")
def keys() -> Iterator[Finding]:
    """The key file is there and only ours."""
    from samenspel.platform import keys as ring

    path = ring.key_file()
    if not path.is_file():
        if _one("SELECT EXISTS (SELECT 1 FROM processing_log)"):
            yield error("The key file is gone, and there are values encrypted with it.", "Restore it from its backup.")
        else:
            yield ok("No key file yet; it is made when first needed.")
    elif stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield error("The key file can be read by others.", f"Run: chmod 600 {path}")
    else:
        yield ok(f"The key file is there; current key {ring.current_key_id()}. Keep a backup of it apart.")


@register_check("worker", "Worker")
def worker() -> Iterator[Finding]:
    """Somebody does the jobs, and they succeed."""
    from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

    from samenspel.platform.jobs.models import JobFailure

    since = timezone.now() - timedelta(seconds=WORKER_SILENT_SECONDS)
    alive = ProcrastinateWorker.objects.filter(last_heartbeat__gte=since).count()
    waiting = ProcrastinateJob.objects.filter(status="todo").count()
    if alive:
        yield ok(f"{alive} worker(s) at work; {waiting} job(s) wait.")
    else:
        yield warning(f"No worker was seen in the last minute; {waiting} job(s) wait.", "Run: samenspel worker")
    failed = ProcrastinateJob.objects.filter(
        status="failed",
        id__in=JobFailure.objects.filter(at__gte=timezone.now() - timedelta(days=7)).values("job_id"),
    ).count()
    if failed:
        yield warning(f"{failed} job(s) failed in the last 7 days.", "Look at /beheer/taken/ for the reasons.")


@register_check("mail", "Outgoing mail")
def outgoing_mail() -> Iterator[Finding]:
    """There is a mail server for invitations and forgotten passwords; it is not asked anything."""
    if settings.EMAIL_BACKEND == "samenspel.platform.mail.NotConfigured":
        yield warning("There is no mail server: people get no invitation and no new password.", "Set EMAIL_URL.")
    else:
        yield ok("Outgoing mail is set up.")


@register_check("audit", "Audit trail")
def audit() -> Iterator[Finding]:
    """The end of the chain is whole."""
    from samenspel.platform.audit.verify import verify

    report = verify(last=AUDITED_ROWS)
    if report.intact:
        yield ok(f"The last {report.rows} of {report.place} events are intact. All of them: samenspel audit verify")
    for finding in report.findings:
        yield error(finding.sentence, "Run: samenspel audit verify; treat it as an incident.")
