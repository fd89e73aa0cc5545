# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The source data is byte for byte what the manifest says, and each file has its publisher and origin."""

import re

from tests.structure.repository import all_files, read
from tools import data_manifest

DATA = [name for name in all_files() if name.parts[0] == "data" and name.name not in data_manifest.ABOUT]


def test_the_data_is_what_the_manifest_says() -> None:
    """When a file was added on purpose: python -m tools.data_manifest."""
    assert read("data/manifest.csv") == data_manifest.manifest()
    assert len(DATA) > 20


def test_every_file_is_described() -> None:
    described = re.findall(r"^\| `([\w./-]+)` \|", read("data/README.md"), re.MULTILINE)
    assert sorted(name.rpartition("/")[2] for name in described) == sorted(name.name for name in DATA)


def test_the_whole_of_it_stays_small() -> None:
    """A clone must not take minutes; larger sources are fetched by `samenspel figures update`."""
    sizes = [int(line.split(",")[1]) for line in read("data/manifest.csv").splitlines()[1:]]
    assert sum(sizes) < 20_000_000
