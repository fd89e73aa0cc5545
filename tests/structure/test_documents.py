# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The documents stay true: links resolve, decisions are complete, and what the code has is described."""

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

from samenspel.__main__ import main as program
from samenspel.platform.accounts.roles import RULES
from samenspel.platform.api.factory import the_api
from samenspel.platform.api.openapi import document
from samenspel.platform.api.version import BASE_PATH
from samenspel.platform.settings.identity_providers import IdentityProvider
from tests.structure.repository import ROOT, all_files, files, read
from tools import reference

OF_THE_SYSTEM = {"PATH", "DJANGO_SETTINGS_MODULE"}
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(!?)\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
DOCUMENTS = files(".md")
DECISIONS = sorted(name for name in files(".md", under="docs/decisions/") if name.name != "README.md")
IMAGES = [
    name for name in all_files() if name.as_posix().startswith("docs/images/") and name.suffix in (".png", ".svg")
]


def anchors(text: str) -> set[str]:
    """The anchors GitHub and GitLab give to the headings of a document."""
    result: set[str] = set()
    for heading in re.findall(r"^#{1,6}\s+(.+?)\s*#*$", FENCE.sub("", text), re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        slug = re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")
        number = 0
        while (candidate := f"{slug}-{number}" if number else slug) in result:
            number += 1
        result.add(candidate)
    return result


def links(name: Path) -> list[tuple[bool, str]]:
    """(is an image, target) of each link in a document, code blocks left out."""
    text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", read(name)))
    return [(mark == "!", unquote(target)) for mark, target in LINK.findall(text)]


def broken_links(name: Path) -> list[str]:
    """The links of a document that lead nowhere, each with what is wrong."""
    found = []
    for is_image, target in links(name):
        if re.match(r"[a-z]+:", target):
            if is_image:
                found.append(f"{name}: {target}: pictures come from this repository")
            continue
        path, _, anchor = target.partition("#")
        place = ((ROOT / name).parent / path).resolve() if path else ROOT / name
        if is_image and place.is_relative_to(ROOT / "docs" / "images"):
            continue  # made by the browser tests; see below
        if not place.is_relative_to(ROOT):
            found.append(f"{name}: {target} leaves the repository")
        elif not place.exists():
            found.append(f"{name}: {target} does not exist")
        elif anchor and place.suffix == ".md" and anchor not in anchors(place.read_text(encoding="utf-8")):
            found.append(f"{name}: {target}: no such heading")
    return found


def test_links_resolve() -> None:
    assert [fault for name in DOCUMENTS for fault in broken_links(name)] == []


def used_images() -> set[Path]:
    return {
        ((ROOT / name).parent / target).resolve().relative_to(ROOT)
        for name in DOCUMENTS
        for is_image, target in links(name)
        if is_image
    }


@pytest.mark.e2e
def test_every_picture_that_is_used_exists() -> None:
    """With the browser tests, because those make the pictures."""
    assert [str(image) for image in used_images() if not (ROOT / image).is_file()] == []


def test_every_picture_is_used() -> None:
    assert set(IMAGES) - used_images() == set()


def test_every_page_can_be_reached_from_the_index() -> None:
    reached: set[Path] = set()
    todo = [Path("docs/README.md")]
    while todo:
        page = todo.pop()
        reached.add(page)
        for is_image, target in links(page):
            path = target.partition("#")[0]
            if is_image or not path.endswith(".md") or re.match(r"[a-z]+:", path):
                continue
            place = ((ROOT / page).parent / path).resolve().relative_to(ROOT)
            if place not in reached and (ROOT / place).exists():
                todo.append(place)
    assert set(files(".md", under="docs/")) - reached == set()


@pytest.mark.parametrize("name", DECISIONS, ids=str)
def test_decision_is_complete(name: Path) -> None:
    text = read(name)
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences"]
    assert re.search(rf"^# {name.name[:4]} \S", text, re.MULTILINE), "the title begins with the number"
    assert re.search(r"^Date: \d{4}-\d\d-\d\d\. Status: (accepted|superseded by .+)\.$", text, re.MULTILINE)
    for body in re.split(r"^## .+$", text, flags=re.MULTILINE)[1:]:
        assert len(body.split()) >= 15, "a section says hardly anything"
    assert f"({name.name})" in read("docs/decisions/README.md")


def test_each_decision_has_its_own_number() -> None:
    numbers = [int(name.name[:4]) for name in DECISIONS]
    assert numbers == sorted(set(numbers)), "ranges may be open: people who work at the same time each take one"
    assert len(numbers) >= 9


# --- dependencies ---


def pyproject() -> dict[str, Any]:
    return tomllib.loads(read("pyproject.toml"))


def names_of(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[=<>~!; ]", requirement)[0].lower() for requirement in requirements}


def documented(heading: str) -> dict[str, list[str]]:
    """The rows of the table under a heading of docs/dependencies.md, by their first cell."""
    text = read("docs/dependencies.md")
    section = re.search(rf"^## {heading}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert section, f"docs/dependencies.md has no section {heading}"
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in section.group(1).splitlines()
        if line.startswith("|")
    ]
    return {row[0].strip("`"): row[1:] for row in rows[2:]}


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("The program", names_of(pyproject()["project"]["dependencies"])),
        ("Developing and testing", names_of(pyproject()["dependency-groups"]["dev"])),
    ],
)
def test_every_dependency_is_explained(heading: str, wanted: set[str]) -> None:
    rows = documented(heading)
    assert set(rows) == wanted
    for name, cells in rows.items():
        assert len(cells) == 3 and all(cells), f"{name}: what for, what else was looked at, licence"


def test_no_dependency_of_the_program_pulls_us_to_another_licence() -> None:
    """Nothing that is linked in, directly or not, is GPL or AGPL (the LGPL is compatible: EUPL, appendix)."""
    names = re.findall(r"^([\w.-]+)==", read("requirements/runtime.lock"), re.MULTILINE)
    assert len(names) > 30
    for name in names:
        try:
            facts = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue  # for another platform
        licence = [str(facts.get("License-Expression", "")), *facts.get_all("Classifier", [])]
        licence.append(str(facts.get("License", "")).split("\n")[0])
        assert not re.search(r"(?<!L)\bA?GPL|(?<!Lesser )General Public", " / ".join(licence)), name


def test_what_is_imported_is_declared() -> None:
    """The program imports no package that it only has because another package brought it."""
    ours = names_of(pyproject()["project"]["dependencies"])
    providers = metadata.packages_distributions()
    undeclared: dict[str, str] = {}
    for name in files(".py", under="samenspel/"):
        for node in ast.walk(ast.parse(read(name))):
            modules: list[str] = []
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules = [node.module]
            for top in {module.partition(".")[0] for module in modules} - {"samenspel"} - sys.stdlib_module_names:
                distributions = {found.lower().replace("_", "-") for found in providers.get(top, [])}
                if not distributions & ours:
                    undeclared[top] = str(name)
    assert undeclared == {}


def test_every_vendored_file_is_explained() -> None:
    rows = documented("Files taken over")
    vendored = [
        name.as_posix()
        for name in all_files()
        if re.search(r"(^|/)(axe(\.min)?\.js|nlds\.css|theme-voorbeeld\.css|htmx.*\.js|.*\.woff2)$", name.as_posix())
    ]
    assert [name for name in vendored if not any(name.endswith(row.strip("`")) for row in rows)] == []


# --- the documents every visitor expects ---


def test_the_changelog_has_room_for_the_next_change() -> None:
    text = read("CHANGELOG.md")
    versions = re.findall(r"^## \[([^\]]+)\]", text, re.MULTILINE)
    assert versions[0] == "Unreleased"
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= {
        "Added",
        "Changed",
        "Deprecated",
        "Removed",
        "Fixed",
        "Security",
    }


def test_the_readme_begins_with_what_for_whom_and_the_two_commands() -> None:
    screen = "\n".join(read("README.md").splitlines()[:40])
    assert "make demo" in screen
    assert "make test" in screen
    assert "docs/images/municipality-desktop.png" in screen


def test_publiccode() -> None:
    """The keys that publiccode.yml 0.7 makes mandatory, and the values it allows (docs/standard/schema.core.rst)."""
    facts = yaml.safe_load(read("publiccode.yml"))
    assert str(facts["publiccodeYmlVersion"]).startswith("0.7")
    assert facts["name"] == "Samenspel"
    assert facts["url"].startswith("https://")
    assert facts["platforms"]
    assert facts["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert facts["softwareType"] in {
        "standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web", "standalone/backend",
        "standalone/other", "addon", "library", "configurationFiles",
    }  # fmt: skip
    assert facts.get("softwareVersion", pyproject()["project"]["version"]) == pyproject()["project"]["version"]
    assert facts["legal"]["license"] == "EUPL-1.2" == pyproject()["project"]["license"]
    assert facts["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    if facts["maintenance"]["type"] in {"internal", "community"}:
        assert all(contact["name"] for contact in facts["maintenance"]["contacts"])
    assert facts["localisation"]["localisationReady"] is True
    assert facts["localisation"]["availableLanguages"] == ["nl", "en"]
    for language in ("nl", "en"):
        words = facts["description"][language]
        assert 0 < len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000
        assert words["features"]
        assert all(len(feature) <= 100 for feature in words["features"])


# --- the reference ---


def test_the_reference_of_the_commands_is_what_the_commands_say() -> None:
    """When this fails: make reference."""
    assert read(reference.COMMANDS_PAGE.relative_to(ROOT)) == reference.commands_page()


def environment_variables() -> dict[str, Path]:
    """Every environment variable the program reads, and a file that reads it."""
    found: dict[str, Path] = {}
    for name in files(".py", under="samenspel/"):
        for node in ast.walk(ast.parse(read(name))):
            variable: ast.expr | None = None
            if isinstance(node, ast.Call) and node.args:
                called = ast.unparse(node.func)
                if re.fullmatch(r"(\w+\.)?env(\.\w+)?|os\.(environ\.get|getenv)", called):
                    variable = node.args[0]
            elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
                variable = node.slice
            if isinstance(variable, ast.Constant) and isinstance(variable.value, str):
                found.setdefault(variable.value, name)
    return {name: path for name, path in found.items() if name not in OF_THE_SYSTEM}


def test_every_setting_is_documented_and_no_other() -> None:
    """Each environment variable stands in a table of docs/reference/settings.md, and nothing there is invented."""
    read_by = environment_variables()
    table = set(re.findall(r"^\| `([A-Z_]+)` \|", read("docs/reference/settings.md"), re.MULTILINE))
    assert {"DATABASE_URL", "SAMENSPEL_DATA"} <= set(read_by)
    assert {name: str(path) for name, path in read_by.items() if name not in table} == {}
    assert table - set(read_by) == set()


def test_the_examples_of_identity_providers_are_valid() -> None:
    blocks = re.findall(r"^```yaml\n(.*?)^```", read("docs/how-to/log-in.md"), re.MULTILINE | re.DOTALL)
    examples = [entry for block in blocks for entry in yaml.safe_load(block)]
    assert {IdentityProvider.model_validate(entry).kind for entry in examples} == {"staff", "residents"}


def test_every_role_is_described() -> None:
    rows = re.findall(r"^\| `(\w+)` \|[^|]+\|[^|]+\| (yes|no) \|", read("docs/reference/roles.md"), re.MULTILINE)
    assert {name: staff == "yes" for name, staff in rows} == {role.value: rule.staff for role, rule in RULES.items()}


def test_every_command_in_the_documents_exists() -> None:
    """`samenspel figures build`, `make demo`: what a page tells people to type can be typed."""
    known = {tuple(path.split()[1:]) for path, _command in reference.commands(program, "samenspel")}
    targets = set(re.findall(r"^([\w-]+):", read("Makefile"), re.MULTILINE))
    unknown = []
    for name in DOCUMENTS:
        code = "\n".join(re.findall(r"`[^`\n]+`|^ {4,}.+$|^```.*?^```", read(name), re.MULTILINE | re.DOTALL))
        # A subcommand is looked for only behind a group; elsewhere the next word is an argument.
        for first, second in re.findall(r"(?<![\w/.\"-])samenspel ([a-z]+)(?: ([a-z-]+))?", code):
            is_group = any(len(path) == 2 and path[0] == first for path in known)
            if (first,) not in known or (is_group and second and (first, second) not in known):
                unknown.append(f"{name}: samenspel {first} {second}")
        unknown += [
            f"{name}: make {target}" for target in re.findall(r"`make ([a-z0-9-]+)", code) if target not in targets
        ]
    assert unknown == []


def test_every_storey_is_described() -> None:
    described = set(re.findall(r"^\| `([\w/]+)` \|", read("docs/reference/storeys.md"), re.MULTILINE))
    packages = {
        path.parent.relative_to(ROOT / "samenspel").as_posix()
        for pattern in ("*/__init__.py", "platform/*/__init__.py")
        for path in (ROOT / "samenspel").glob(pattern)
    }
    assert packages - described == set()


def test_the_reference_of_the_api_names_every_address() -> None:
    described = set(re.findall(r"^\| `(/[^`]+)` \|", read("docs/reference/api.md"), re.MULTILINE))
    assert described == set(document(the_api(), BASE_PATH)["paths"])


def test_the_glossary_is_alphabetical() -> None:
    words = re.findall(r"^\| ([a-z][^|]*?) \|", read("docs/reference/glossary.md"), re.MULTILINE)
    assert len(words) > 40
    assert words == sorted(words, key=str.casefold)
