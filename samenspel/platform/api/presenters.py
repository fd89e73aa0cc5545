# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page for people at /api/, made of the OpenAPI document, so that it cannot say anything else than what is.

The document is Dutch, also for a visitor who reads the page around it in English.
"""

import json
from dataclasses import dataclass
from typing import Any

from samenspel.platform.api.problems import KINDS, Kind
from samenspel.platform.ui.components import Column, Table


@dataclass(frozen=True, slots=True)
class OperationView:
    """One operation, with an example to copy. Summary and description are Dutch, as in the document."""

    name: str
    path: str
    summary: str
    description: str
    example: str
    answer: str
    parameters: Table
    forms: str


@dataclass(frozen=True, slots=True)
class ApiPage:
    """The whole page. `errors` are the kinds of errors with their status."""

    base: str
    version: str
    contact: dict[str, str]
    operations: list[OperationView]
    errors: list[tuple[int, Kind]]


def api_page(document: dict[str, Any], base: str) -> ApiPage:
    """The page for this document; `base` is the address of the API with the name of the host."""
    return ApiPage(
        base=base,
        version=document["info"]["version"],
        contact=document["info"]["contact"],
        operations=[
            _operation(path, operation, base) for path, item in document["paths"].items() for operation in item.values()
        ],
        errors=sorted(KINDS.items()),
    )


def _operation(path: str, operation: dict[str, Any], base: str) -> OperationView:
    content = operation["responses"]["200"]["content"]
    message = content["application/json"].get("example", {})
    return OperationView(
        name=operation["operationId"],
        path=path,
        summary=operation["summary"],
        description=operation["description"],
        example=base + operation.get("x-voorbeeld", path),
        answer=json.dumps(message, ensure_ascii=False, indent=2),
        parameters=Table(
            caption="Wat u kunt vragen",
            columns=(Column("Naam"), Column("Uitleg"), Column("Moet erbij")),
            rows=[
                (parameter["name"], parameter["description"], "ja" if parameter["required"] else "nee")
                for parameter in operation["parameters"]
            ],
            name=f"vragen-{operation['operationId']}",
        ),
        forms=", ".join({"application/json": "JSON", "text/csv": "CSV"}.get(form, form) for form in content),
    )
