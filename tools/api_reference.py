# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes docs/reference/api-operations.md from the OpenAPI document: `make reference`."""

import os
import sys
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "api-operations.md"
HEAD = """\
<!-- SPDX-FileCopyrightText: 2026 The Samenspel contributors -->
<!-- SPDX-License-Identifier: EUPL-1.2 -->
# Operations of the API

This page is made by `make reference` from the OpenAPI document; do not edit it. What holds for all operations is in
[The API](api.md). Names and descriptions are Dutch, because they are the published interface.
"""


def parameter_row(parameter: dict[str, Any]) -> str:
    """One row of the table of parameters."""
    schema = parameter["schema"]
    items = schema.get("items", schema)
    kind = items.get("type", items.get("$ref", "").rpartition("/")[2])
    if "items" in schema:
        kind += ", repeatable"
    if "enum" in items:
        kind = ", ".join(f"`{value}`" for value in items["enum"])
    default = schema.get("default", "")
    words = parameter["description"].replace("|", "\\|")
    return f"| `{parameter['name']}` | {parameter['in']} | {kind} | {json_word(default)} | {words} |"


def json_word(value: Any) -> str:
    """A default value as it is written in a request."""
    return "" if value == "" else f"`{str(value).lower()}`"


def operations_page() -> str:
    """The whole page, as it should be."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenspel.platform.settings.test")
    import django

    django.setup()
    from samenspel.platform.api.factory import the_api
    from samenspel.platform.api.openapi import document

    parsed = document(the_api())
    parts = [HEAD.rstrip()]
    for path, item in parsed["paths"].items():
        for method, operation in item.items():
            rows = "\n".join(parameter_row(parameter) for parameter in operation["parameters"])
            forms = ", ".join(f"`{form}`" for form in operation["responses"]["200"]["content"])
            statuses = ", ".join(operation["responses"])
            parts += [
                f"## {method.upper()} {path}",
                f"{operation['summary']}. {operation['description']}",
                f"Answers as {forms}. Statuses: {statuses}. Example: `/api/v1{operation['x-voorbeeld']}`",
                f"| parameter | in | type | default | what it does |\n|---|---|---|---|---|\n{rows}",
            ]
    enums = {name: schema["enum"] for name, schema in parsed["components"]["schemas"].items() if "enum" in schema}
    for name, values in enums.items():
        parts += [f"## {name}", "One of " + ", ".join(f"`{value}`" for value in values) + "."]
    return "\n\n".join(parts) + "\n"


def main() -> int:
    """Write the page."""
    PAGE.write_text(operations_page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
