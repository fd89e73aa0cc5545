# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""One file that holds a whole installation, and a second one with its keys, to be kept apart.

A backup is a tar with `manifest.json` first (format, versions, SHA-256 of each member), `database.dump` (pg_dump's
custom format) and `files/…` (the figure store, with what was downloaded). The keys are not in it: who finds a backup
cannot read the encrypted personal data.
"""

import hashlib
import io
import json
import os
import secrets
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from samenspel import __version__
from samenspel.platform.database.embedded import binary
from samenspel.platform.database.prepare import migrate_database
from samenspel.platform.database.roles import as_owner
from samenspel.platform.keys import FILE_NAME as ENCRYPTION_KEYS

FORMAT = 1
KEY_FILES = ("secret-key", ENCRYPTION_KEYS)


# Folders of the data folder that go into the backup, each with the lock under which it stands still; the parts
# register theirs. The rest is made anew (static files) or dumped (the cluster itself).
_folders: dict[str, Callable[[], AbstractContextManager[object]]] = {}


def register_folder(name: str, lock: Callable[[], AbstractContextManager[object]]) -> None:
    """Have the folder `name` of the data folder in every backup, copied while `lock()` is held.

    Call it in `AppConfig.ready()`; the same name replaces the former registration.
    """
    _folders[name] = lock


class BackupError(Exception):
    """A backup could not be made or restored; the message says why, and what is still intact."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What was written or read."""

    path: Path
    keys_path: Path | None
    size: int
    tables: int


def make_backup(target: Path) -> BackupReport:
    """Write the whole installation to `target` and its keys to `target` + ".keys".

    Both appear whole or not at all and are readable by their owner only. The database is read in one snapshot while
    others keep working. Raises BackupError when `target` exists already or cannot be written.
    """
    target = target.resolve()
    keys_target = target.with_name(target.name + ".keys")
    for path in (target, keys_target):
        if path.exists():
            raise BackupError(f"{path} exists already. Nothing was written; choose another name.")
    if not target.parent.is_dir():
        raise BackupError(f"The folder {target.parent} does not exist.")
    with tempfile.TemporaryDirectory(prefix=".samenspel-backup-", dir=target.parent) as scratch_name:
        scratch = Path(scratch_name)
        dump = scratch / "database.dump"
        with as_owner():
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")
                tables = int((cursor.fetchone() or [0])[0])
            _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
        identity = secrets.token_hex(16)
        members = {"database.dump": dump}
        for folder, lock in sorted(_folders.items()):
            if (settings.DATA_FOLDER / folder).is_dir():
                with lock():
                    shutil.copytree(settings.DATA_FOLDER / folder, scratch / "files" / folder)
        members |= {str(path.relative_to(scratch)): path for path in _files(scratch / "files")}
        keys = {
            str(path.relative_to(settings.DATA_FOLDER)): path
            for name in KEY_FILES
            for path in _files(settings.DATA_FOLDER / name)
        }
        _write_tar(scratch / "backup", {"kind": "backup", "identity": identity}, members)
        _write_tar(scratch / "keys", {"kind": "keys", "identity": identity}, keys)
        _read_tar(scratch / "backup", "backup", scratch / "read-back")  # what cannot be read is no backup
        size = (scratch / "backup").stat().st_size
        (scratch / "keys").rename(keys_target)
        (scratch / "backup").rename(target)
    return BackupReport(target, keys_target, size, tables)


def restore_backup(source: Path, keys_source: Path | None = None) -> BackupReport:
    """Fill an empty installation from a backup and its keys (by default the file beside it that ends in ".keys").

    Everything is checked before anything is written, and the database is filled last, in one transaction: a restore
    that fails can be repeated. Raises BackupError when a file is damaged, belongs to another backup or to a newer
    Samenspel, or when this installation is not empty.
    """
    keys_source = keys_source or source.with_name(source.name + ".keys")
    with tempfile.TemporaryDirectory(prefix="samenspel-restore-") as scratch_name:
        scratch = Path(scratch_name)
        manifest = _read_tar(source, "backup", scratch / "backup")
        keys_manifest = _read_tar(keys_source, "keys", scratch / "keys")
        if manifest["identity"] != keys_manifest["identity"]:
            raise BackupError(f"{keys_source} holds the keys of another backup than {source}. Nothing was changed.")
        with as_owner():
            _check_empty()
            settings.DATA_FOLDER.mkdir(parents=True, exist_ok=True)
            for folder in (scratch / "backup" / "files", scratch / "keys"):
                if folder.exists():
                    shutil.copytree(folder, settings.DATA_FOLDER, dirs_exist_ok=True)
            for name in KEY_FILES:
                for path in _files(settings.DATA_FOLDER / name):
                    path.chmod(0o600)
            _postgres(
                "pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges",
                f"--dbname={_connection_parameters()['dbname']}", str(scratch / "backup" / "database.dump"),
            )  # fmt: skip
    migrate_database()  # a backup of an older Samenspel is brought up to date, and the web role gets its rights
    return BackupReport(source, keys_source, source.stat().st_size, len(connection.introspection.table_names()))


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from sorted(child for child in path.rglob("*") if child.is_file())


def _check_empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")
        row = cursor.fetchone()
    if row is not None and row[0]:
        raise BackupError(
            f"This installation is not empty: its database has {row[0]} tables. Nothing was changed. "
            "Restore into a new data folder (SAMENSPEL_DATA=/new/folder samenspel restore FILE) or an empty database."
        )


def _connection_parameters() -> dict[str, Any]:
    parameters = connection.get_connection_params()
    return {
        key: value
        for key, value in parameters.items()
        if key in ("host", "port", "user", "password", "dbname") and value
    }


def _postgres(program: str, *arguments: str) -> None:
    parameters = _connection_parameters()
    environment = {
        **os.environ,
        "PGDATABASE": str(parameters["dbname"]),
        "PGUSER": str(parameters.get("user", "")),
        "PGPASSWORD": str(parameters.get("password", "")),  # not on the command line, where others can read it
        "PGHOST": str(parameters.get("host", "")),
        "PGPORT": str(parameters.get("port", "5432")),
    }
    done = subprocess.run(  # noqa: S603
        [binary(program), "--no-password", *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise BackupError(f"{program} failed; what was there is unchanged. {done.stderr.strip()}")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_tar(target: Path, about: dict[str, str], members: dict[str, Path]) -> None:
    manifest = {
        "format": FORMAT,
        "samenspel": __version__,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        **about,
        "sha256": {name: _digest(path) for name, path in members.items()},
    }
    content = json.dumps(manifest, indent=1).encode()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            head = tarfile.TarInfo("manifest.json")
            head.size = len(content)
            tar.addfile(head, io.BytesIO(content))
            for name, path in members.items():
                tar.add(path, arcname=name, recursive=False)
        file.flush()
        os.fsync(file.fileno())


def _read_tar(source: Path, kind: str, target: Path) -> dict[str, Any]:
    """Unpack and check one file; gives its manifest."""
    if not source.is_file():
        hint = " Say where its keys are with --keys FILE." if kind == "keys" else ""
        raise BackupError(f"There is no file {source}.{hint} Nothing was changed.")
    with _damage_in_words(source), tarfile.open(source) as tar:
        tar.extractall(target, filter="data")
    manifest_path = target / "manifest.json"
    if not manifest_path.is_file():
        raise BackupError(f"{source} is not a Samenspel backup: it has no manifest. Nothing was changed.")
    with _damage_in_words(source):
        manifest: dict[str, Any] = json.loads(manifest_path.read_text())
        manifest_path.unlink()
        wrong_kind = manifest["kind"] != kind
        newer = manifest["format"] > FORMAT
        expected: dict[str, str] = manifest["sha256"]
        _ = manifest["identity"]
    if wrong_kind:
        raise BackupError(f"{source} holds {manifest['kind']}, not {kind}. Nothing was changed.")
    if newer:
        raise BackupError(
            f"{source} was made by a newer Samenspel ({manifest['samenspel']}). Nothing was changed; "
            "install that version."
        )
    for name, digest in expected.items():
        path = target / name
        if not path.is_file() or _digest(path) != digest:
            raise BackupError(f"{source} is damaged: {name} is not as it was written. Nothing was changed.")
    return manifest


@contextmanager
def _damage_in_words(source: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, ValueError, KeyError, UnicodeDecodeError) as error:
        raise BackupError(
            f"{source} is damaged or not a Samenspel backup ({type(error).__name__}). Nothing was changed."
        ) from error
