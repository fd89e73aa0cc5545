# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an installation can meet that is no mistake in the program, in a sentence: what, where, and what to do."""

import errno
import os
import re
from collections.abc import Iterator

from django.core.exceptions import ImproperlyConfigured

from samenspel.platform.database.embedded import EmbeddedDatabaseError

# SQLSTATE, PostgreSQL documentation, appendix A.
NOT_PREPARED = frozenset({"42P01", "42703", "42883", "42704"})  # a table, column, function or type that is not there
NOT_ALLOWED, DISK_FULL = "42501", "53100"

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_OS_ERROR = re.compile(r"\(os error (\d+)\)(?:: (.+))?")
NOT_MINE = frozenset({errno.EACCES, errno.EPERM})


def sentence_for(error: BaseException) -> str | None:
    """The failure in words for whoever runs the installation, without passwords; None when it is a mistake of ours.

    Known are an unusable configuration, a database that cannot be reached, is too old or is not prepared, and files
    that cannot be read or written.
    """
    import psycopg
    from django.db.utils import NotSupportedError, OperationalError
    from procrastinate.exceptions import ConnectorException

    if isinstance(error, EmbeddedDatabaseError | ImproperlyConfigured):
        return str(error)
    if isinstance(error, OSError) or type(error).__module__.partition(".")[0] == "polars":
        return _of_file(error)
    if isinstance(error, ConnectorException):
        error = next((cause for cause in _causes(error) if isinstance(cause, psycopg.Error)), error)
    state = next((cause.sqlstate for cause in _causes(error) if isinstance(cause, psycopg.Error)), None)
    if state in NOT_PREPARED:
        return f"{_where()} has not the tables of this version. Run: samenspel manage migrate"
    if state == NOT_ALLOWED:
        return (
            f"{_where()} does not allow this to the user in DATABASE_URL ({_reason(error)}). Use the owner's "
            "DATABASE_URL to migrate, back up and restore; see docs/how-to/run-in-production.md."
        )
    if state == DISK_FULL:
        return f"{_where()} has no room left on its disk. Make room and try again."
    if isinstance(error, NotSupportedError):
        return f"{_where()} is too old: {_reason(error)}. Use PostgreSQL 15 to 18."
    if isinstance(error, OperationalError | psycopg.OperationalError | ConnectorException):
        return f"{_where()} cannot be used: {_reason(error)}. {_to_do()}"
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The exception and what it came from, nearest first."""
    current: BaseException | None = error
    while current is not None:
        yield current
        current = current.__cause__


def _of_file(error: BaseException) -> str | None:
    if isinstance(error, ConnectionError):
        return None
    # polars says it in the text of its exceptions: "Permission denied (os error 13): /the/file".
    told = _OS_ERROR.search(str(error))
    if told is not None:
        number = int(told[1])
        error = OSError(number, os.strerror(number), told[2] or "the figures")
    if not isinstance(error, OSError) or error.errno is None or error.strerror is None:
        return None
    place = str(error.filename2 or error.filename or "a file")
    what = f"Cannot read or write {place}: {error.strerror}."
    if error.errno in NO_ROOM:
        return f"{what} Make room on the disk and try again."
    if error.errno in NOT_MINE:
        return f"{what} Give the user who runs Samenspel the rights to it, or choose another folder (SAMENSPEL_DATA)."
    if error.errno == errno.EROFS:
        return f"{what} Choose a folder that can be written (SAMENSPEL_DATA)."
    if error.filename is None:
        return None
    return f"{what} Check that path; the data folder is chosen with SAMENSPEL_DATA."


def _where() -> str:
    """The database as its administrator knows it; never its password."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database.get("EMBEDDED"):
        return f"The embedded database in {settings.DATA_FOLDER / 'postgres'}"
    host = database.get("HOST") or database.get("OPTIONS", {}).get("host") or "the local socket"
    return f"The database {database['NAME']} on {host} port {database.get('PORT') or 5432}"


def _to_do() -> str:
    from django.conf import settings

    if settings.DATABASES["default"].get("EMBEDDED"):
        return "Look in samenspel.log in that folder."
    return "Check DATABASE_URL, and that PostgreSQL runs there and lets this user in."


def _reason(error: BaseException) -> str:
    """What the server or the client library said, on one line and without a full stop."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    kept = [line for line in lines if not line.startswith(("LINE ", "^", "Is the server running", "CONTEXT"))]
    last = (kept or ["it gave no reason"])[0]
    return last.removeprefix("connection failed: ").rstrip(".")
