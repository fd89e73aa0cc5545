# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes data/manifest.csv, the size and SHA-256 of every source file: `python -m tools.data_manifest`."""

import csv
import hashlib
import io
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
MANIFEST = DATA / "manifest.csv"
ABOUT = ("README.md", "manifest.csv")


def manifest() -> str:
    """The manifest as it should be, sorted by path."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["path", "bytes", "sha256"])
    for path in sorted(DATA.rglob("*")):
        name = path.relative_to(DATA).as_posix()
        if path.is_file() and name not in ABOUT and not path.name.startswith("."):
            writer.writerow([name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()])
    return out.getvalue()


def main() -> int:
    """Write it."""
    MANIFEST.write_text(manifest(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
