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


@pytest.mark.parametrize("name", files(*HEADED), ids=str)
def test_licence_header(name: Path) -> None:
    """The first lines say who holds the copyright and under which licence."""
    if name.as_posix().startswith("data/") and name.suffix != ".py":
        pytest.skip("data is licensed in REUSE.toml")
    head = "\n".join(read(name).splitlines()[:6])
    for tag in ("License-Identifier", "FileCopyrightText"):
        assert f"SPDX-{tag}: " in head


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


@pytest.mark.parametrize("name", [n for n in files(*CODE) if n.suffix != ".svg" and written_here(n)], ids=str)
def test_size(name: Path) -> None:
    """A file that outgrows this becomes a folder of the same name (CONTRIBUTING.md)."""
    most = MOST_STYLE_LINES if name.suffix == ".css" else MOST_LINES
    if name.parts[0] == "tests":
        most = MOST_TEST_LINES
    assert len(read(name).splitlines()) <= most


@pytest.mark.parametrize("name", [n for n in files(".py") if "migrations" not in n.parts], ids=str)
def test_first_line_says_what_it_is_for(name: Path) -> None:
    tree = ast.parse(read(name))
    assert not tree.body or ast.get_docstring(tree), "begin with a docstring that says what this file is for"


# A folder of somebody's own machine, not an address of ours such as /work-plan/.
MACHINE_PATH = re.compile(r"(?<![\w./:>}<\]-])/(?:work|root|home|Users)/[\w.]")
OWN_MACHINE_ALLOWED = {Path("tests/structure/test_files.py")}


@pytest.mark.parametrize(
    "name",
    [
        n
        for n in all_files()
        if n.suffix in (*HEADED, ".po", ".lock", ".json", ".txt", "") and n.parts[0] not in ("data", "LICENSES")
    ],
    ids=str,
)
def test_no_machine_is_named(name: Path) -> None:
    """Nothing depends on, or tells of, the machine on which it was written."""
    if name in OWN_MACHINE_ALLOWED or name.name == "LICENSE":
        return
    text = read(name)
    assert not MACHINE_PATH.search(text)
    if name.suffix == ".lock":
        assert "--index-url" not in text and "://" not in text, "a lock file names no package host"
    if name.name == "package-lock.json":
        assert '"resolved"' not in text, "make it with: npm install --omit-lockfile-registry-resolved"


@pytest.mark.parametrize("name", files(".py"), ids=str)
def test_no_file_reads_outside_the_repository(name: Path) -> None:
    """No `../` that leaves the checkout, and no `.parents[n]` that climbs above it."""
    tree = ast.parse(read(name))
    depth = len(name.parts) - 1
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "parents":
            assert isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, int)
            assert node.slice.value <= depth, f"line {node.lineno} climbs above the repository"
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and name.parts[:2] != ("tests", "structure"):
            assert "../shared" not in node.value, f"line {node.lineno}"


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
