# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files of this repository, for the tests that look at its structure."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", "node_modules", ".test-data", "__pycache__", "build", "dist", "staticfiles"}


@cache
def all_files() -> tuple[Path, ...]:
    """Every file that belongs to the repository, relative to its root, sorted.

    Asks git, so that what a contributor has lying about does not count; looks at the disk where there is no git
    (an unpacked archive).
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        names = [Path(name) for name in listed.stdout.split("\0") if name]
    else:
        names = [path.relative_to(ROOT) for path in ROOT.rglob("*")]
        names = [name for name in names if not NOT_OURS & set(name.parts) and not name.name.endswith(".egg-info")]
    return tuple(sorted(name for name in names if (ROOT / name).is_file()))


def files(*suffixes: str, under: str = "") -> list[Path]:
    """The repository's files with one of these suffixes, in a folder or anywhere."""
    return [name for name in all_files() if name.suffix in suffixes and name.as_posix().startswith(under)]


def read(name: Path | str) -> str:
    """The text of a file of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")
