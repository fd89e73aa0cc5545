# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys outside the database: values read back, purposes kept apart, rotation without loss."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as property_settings
from hypothesis import strategies as st
from pytest_django import Settings

from samenspel.platform import keys


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_FOLDER = tmp_path
    return tmp_path


@property_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8")))
def test_what_is_encrypted_reads_back_and_never_looks_the_same(value: str) -> None:
    first, second = keys.encrypt("subject", value), keys.encrypt("subject", value)
    assert first != second
    assert keys.decrypt("subject", first) == keys.decrypt("subject", second) == value


def test_a_value_moved_to_another_field_does_not_decrypt() -> None:
    with pytest.raises(keys.KeyFault, match="belongs elsewhere"):
        keys.decrypt("phone", keys.encrypt("subject", "x"))


@property_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_one_changed_bit_is_noticed(data: st.DataObject) -> None:
    token = bytearray(keys.encrypt("subject", "waarde"))
    token[data.draw(st.integers(0, len(token) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(keys.KeyFault):
        keys.decrypt("subject", bytes(token))


def test_after_rotation_old_values_still_read_and_new_ones_use_the_new_key() -> None:
    old = keys.encrypt("subject", "vroeger")
    hashed = keys.keyed_hash("subject", "vroeger")
    fresh = keys.rotate()
    new = keys.encrypt("subject", "nu")

    assert new[:4].hex() == fresh == keys.current_key_id() != old[:4].hex()
    assert keys.decrypt("subject", old) == "vroeger"
    assert keys.decrypt("subject", new) == "nu"
    assert keys.keyed_hash("subject", "vroeger") == hashed


def test_a_keyed_hash_differs_by_purpose_and_by_installation(settings: Settings, tmp_path: Path) -> None:
    here = keys.keyed_hash("oidc subject", "123")
    assert here == keys.keyed_hash("oidc subject", "123")
    assert here != keys.keyed_hash("citizen number", "123")
    settings.DATA_FOLDER = tmp_path / "elsewhere"
    assert here != keys.keyed_hash("oidc subject", "123")


def test_a_hash_needs_a_purpose() -> None:
    with pytest.raises(ValueError, match="needs a purpose"):
        keys.keyed_hash("", "123")


def test_only_the_owner_reads_the_file(own_folder: Path) -> None:
    keys.encrypt("subject", "x")
    assert stat.S_IMODE((own_folder / keys.FILE_NAME).stat().st_mode) == 0o600
    assert [path.name for path in own_folder.iterdir()] == [keys.FILE_NAME]


def test_processes_that_start_together_share_one_key(own_folder: Path) -> None:
    code = "import django; django.setup(); from samenspel.platform.keys import keyed_hash; print(keyed_hash('p', 'v'))"
    environment = {
        "SAMENSPEL_DATA": str(own_folder),
        "DJANGO_SETTINGS_MODULE": "samenspel.platform.settings.test",
        "PATH": "/usr/bin:/bin",
    }
    together = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    answers = {process.communicate(timeout=60)[0].strip() for process in together}
    assert len(answers) == 1
    assert len(answers.pop()) == 64
