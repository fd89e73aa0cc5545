# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A backup restored into a new folder holds the same; damage and mistakes are found before anything is written."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from samenspel.platform.database import embedded
from samenspel.platform.keys import FILE_NAME as ENCRYPTION_KEYS
from tests.harness.program import ask, samenspel, start_python

# Writes the same number in two files, over and over, as a refresh does: under the lock of the store.
CHANGE_FIGURES = """
import itertools, django
django.setup()
from samenspel.figures.location import store_folder
from samenspel.figures.store import write_lock
for number in itertools.count():
    with write_lock(store_folder()):
        (store_folder() / "one").write_text(str(number) * 1000)
        (store_folder() / "two").write_text(str(number) * 1000)
    if number == 0:
        print("changing", flush=True)
"""


def contents(data: Path) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    server = embedded.ensure_running(data)
    with psycopg.connect(
        host=server.socket_folder, user=server.user, password=server.password, dbname="samenspel"
    ) as connection:
        names = [
            str(row[0])
            for row in connection.execute(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
            )
        ]
        return {
            name: sorted(
                str(row[0])
                for row in connection.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(name)))
            )
            for name in names
        }


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    data = tmp_path_factory.mktemp("installation")
    migrated = samenspel(data, "manage", "migrate", "--verbosity", "0")
    assert migrated.returncode == 0, migrated.stderr
    figures = data / "figures" / "store"
    figures.mkdir(parents=True)
    (figures / "table.parquet").write_bytes(bytes(range(256)))
    made = start_python(
        data, "import django; django.setup()\nfrom samenspel.platform.keys import encrypt; encrypt('a', 'b')"
    )
    assert made.communicate(timeout=60)[1] == ""
    yield data
    embedded.stop(data)


@pytest.fixture(scope="module")
def backup(installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backups") / "today.backup"
    made = samenspel(installation, "backup", str(file))
    assert made.returncode == 0, made.stderr
    return file


def test_a_restored_installation_equals_the_one_that_was_backed_up(
    installation: Path, backup: Path, tmp_path: Path
) -> None:
    restored = samenspel(tmp_path, "restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    assert contents(tmp_path) == contents(installation)
    assert (tmp_path / "secret-key").read_text() == (installation / "secret-key").read_text()
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    assert (tmp_path / "figures" / "store" / "table.parquet").read_bytes() == bytes(range(256))
    embedded.stop(tmp_path)
    # The web role has its rights again: it reads through the product's own connection.
    assert int(ask(tmp_path, "SELECT count(*) FROM django_migrations")) > 0


def test_the_files_are_for_their_owner_only_and_the_keys_are_apart(installation: Path, backup: Path) -> None:
    keys = backup.with_name(backup.name + ".keys")
    assert backup.stat().st_mode & 0o077 == 0
    assert keys.stat().st_mode & 0o077 == 0
    secret = (installation / "secret-key").read_bytes()
    assert secret in keys.read_bytes()
    assert secret not in backup.read_bytes()
    encryption = (installation / ENCRYPTION_KEYS).read_bytes()
    assert encryption in keys.read_bytes()
    assert encryption not in backup.read_bytes()


def test_an_existing_file_is_not_overwritten(installation: Path, backup: Path) -> None:
    before = backup.read_bytes()
    again = samenspel(installation, "backup", str(backup))
    assert again.returncode == 1
    assert "exists already" in again.stderr
    assert backup.read_bytes() == before


def test_a_full_installation_is_not_restored_over(installation: Path, backup: Path) -> None:
    before = contents(installation)
    answer = samenspel(installation, "restore", str(backup))
    assert answer.returncode == 1
    assert "not empty" in answer.stderr
    assert contents(installation) == before


@pytest.mark.parametrize("where", [0.02, 0.5, 0.98])
def test_a_damaged_backup_is_refused_before_anything_is_written(backup: Path, tmp_path: Path, where: float) -> None:
    damaged = tmp_path / "damaged.backup"
    content = bytearray(backup.read_bytes())
    with tarfile.open(backup) as tar:
        dump = tar.getmember("database.dump")
    content[dump.offset_data + int(dump.size * where)] ^= 0xFF
    damaged.write_bytes(content)
    (tmp_path / "damaged.backup.keys").write_bytes(backup.with_name(backup.name + ".keys").read_bytes())
    answer = samenspel(tmp_path / "new", "restore", str(damaged))
    assert answer.returncode == 1
    assert "is damaged" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "new" / "postgres").exists()


def test_a_file_cut_short_or_something_else_is_refused(backup: Path, tmp_path: Path) -> None:
    for name, content in {"short": backup.read_bytes()[:3000], "letter": b"Dear municipality"}.items():
        file = tmp_path / name
        file.write_bytes(content)
        answer = samenspel(tmp_path / "new", "restore", str(file))
        assert answer.returncode == 1
        assert "Nothing was changed" in answer.stderr
        assert "Traceback" not in answer.stderr


def test_the_keys_of_another_backup_are_refused(installation: Path, backup: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.backup"
    assert samenspel(installation, "backup", str(other)).returncode == 0
    answer = samenspel(tmp_path / "new", "restore", str(backup), "--keys", str(other) + ".keys")
    assert answer.returncode == 1
    assert "keys of another backup" in answer.stderr


def test_a_backup_taken_while_the_figures_change_can_be_restored(installation: Path, tmp_path: Path) -> None:
    """A refresh swaps files while a backup reads them; the lock of the figure store keeps them apart."""
    changing = start_python(installation, CHANGE_FIGURES)
    assert changing.stdout is not None
    assert changing.stdout.readline() == "changing\n"
    file = tmp_path / "meanwhile.backup"
    made = samenspel(installation, "backup", str(file))
    changing.kill()
    changing.communicate()
    assert made.returncode == 0, made.stderr
    restored = samenspel(tmp_path / "new", "restore", str(file))
    assert restored.returncode == 0, restored.stderr
    first = (tmp_path / "new" / "figures" / "one").read_text()
    assert first == (tmp_path / "new" / "figures" / "two").read_text(), "two files of different moments"
