# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What holds for every file: its licence, its size, its first line, and that it needs nothing from elsewhere."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.structure.repository import ROOT, all_files, files, read

CODE = (".py", ".html", ".css", ".js", ".mjs", ".sh", ".typ", ".svg")
HEADED = (*CODE[:-2], ".md", ".toml", ".yml", ".yaml")
TAGS = ("License-Identifier", "FileCopyrightText")
MOST_LINES = 500
MOST_TEST_LINES = 1000
MOST_STYLE_LINES = 800  # the style is one file, because the browser asks for it once
# Derived or taken over as they are; see REUSE.toml and the notice beside them.
NOT_WRITTEN_HERE = (
    "samenspel/platform/ui/static/ui/nlds.css",
    "samenspel/platform/ui/static/ui/theme-voorbeeld.css",
    "axe.min.js",
    "axe.js",
)


def written_here(name: Path) -> bool:
    return not name.as_posix().endswith(NOT_WRITTEN_HERE)


def test_there_are_files_to_look_at() -> None:
    assert len(files(".py", under="samenspel/")) > 20
    assert len(files(".py", under="tests/")) > 5


def test_licence_header() -> None:
    """The first lines say who holds the copyright and under which licence (data/ is licensed in REUSE.toml)."""
    without = [
        str(name)
        for name in files(*HEADED)
        if name.parts[0] != "data"
        and written_here(name)
        and any(f"SPDX-{tag}: " not in "\n".join(read(name).splitlines()[:6]) for tag in TAGS)
    ]
    assert without == []


def test_reuse_lint() -> None:
    """Every file has a licence, and every licence that is named has its text here (reuse.software)."""
    if not (ROOT / ".git").exists():
        pytest.skip("reuse asks git which files are ours")
    program = Path(sys.executable).parent / "reuse"
    result = subprocess.run([program, "lint"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_licence_is_whole() -> None:
    text = read("LICENSE")
    assert text == read("LICENSES/EUPL-1.2.txt")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    for number in range(1, 16):
        assert re.search(rf"^{number}\.\s*[A-Z]", text, re.MULTILINE), f"article {number} is missing"
    assert "Appendix" in text and "LiLiQ-R" in text
    assert len(text.split()) > 2000


def test_size() -> None:
    """A file that outgrows this becomes a folder of the same name (CONTRIBUTING.md)."""
    too_long = {}
    for name in files(*CODE):
        if name.suffix == ".svg" or not written_here(name):
            continue
        most = MOST_STYLE_LINES if name.suffix == ".css" else MOST_LINES
        if name.parts[0] == "tests":
            most = MOST_TEST_LINES
        lines = len(read(name).splitlines())
        if lines > most:
            too_long[str(name)] = lines
    assert too_long == {}


def test_first_line_says_what_it_is_for() -> None:
    """Every module begins with a docstring, but for migrations and empty packages."""
    modules = {name: ast.parse(read(name)) for name in files(".py") if "migrations" not in name.parts}
    assert [str(name) for name, tree in modules.items() if tree.body and not ast.get_docstring(tree)] == []


# A folder of somebody's own machine, not an address of ours such as /work-plan/.
MACHINE_PATH = re.compile(r"(?<![\w./:>}<\]-])/(?:work|root|home|Users)/[\w.]")
OWN_MACHINE_ALLOWED = {Path("tests/structure/test_files.py")}


def test_no_machine_is_named() -> None:
    """Nothing depends on, or tells of, the machine on which it was written."""
    texts = {
        name: read(name)
        for name in all_files()
        if name.suffix in (*HEADED, ".po", ".lock", ".json", ".txt", "")
        and name.parts[0] not in ("data", "LICENSES")
        and name.name != "LICENSE"
        and name not in OWN_MACHINE_ALLOWED
    }
    assert [str(name) for name, text in texts.items() if MACHINE_PATH.search(text)] == []
    for name, text in texts.items():
        if name.suffix == ".lock":
            assert "--index-url" not in text and "://" not in text, f"{name} names a package host"
        if name.name == "package-lock.json":
            assert '"resolved"' not in text, f"{name}: npm install --omit-lockfile-registry-resolved"


def climbs(name: Path) -> list[str]:
    """Where a module reaches above the repository: `.parents[n]` from its own place, or a path that leaves it."""
    found = []
    for node in ast.walk(ast.parse(read(name))):
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "parents":
            level = node.slice.value if isinstance(node.slice, ast.Constant) else None
            if not isinstance(level, int) or level > len(name.parts) - 1:
                found.append(f"{name}:{node.lineno}: {ast.unparse(node)}")
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "../shared" in node.value:
            found.append(f"{name}:{node.lineno}: {node.value[:40]!r}")
    return found


def test_no_file_reads_outside_the_repository() -> None:
    assert [place for name in files(".py") if name not in OWN_MACHINE_ALLOWED for place in climbs(name)] == []


def test_make_says_what_it_can_make() -> None:
    """Every target that people type has its line in `make help`."""
    makefile = read("Makefile")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    for target in phony.group(1).split():
        assert re.search(rf"^{target}:.*## \w", makefile, re.MULTILINE), f"{target} has no description"
    assert shutil.which("make") is None or subprocess.run(["make", "help"], cwd=ROOT, check=True, capture_output=True)


def test_the_one_script_of_the_checks_is_sound() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111, "not executable"
    subprocess.run(["bash", "-n", script], check=True)
    text = read(".ci/run")
    assert "set -euo pipefail" in text
    for target in ("check", "test", "e2e"):
        assert re.search(rf"for target in .*\b{target}\b", text)
