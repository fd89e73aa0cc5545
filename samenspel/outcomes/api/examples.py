# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Examples of questions and answers for the documentation: real ones, compared with the real answers by a test.

`python -m tools.api_examples` asks them anew.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("examples.json")

# The question that is shown with each operation; short, and about what people come for.
QUESTIONS = {
    "vergelijkingen": "/vergelijkingen?gebied=GM0193&indicator=wmo_clients_per_1000",
    "modellen": "/modellen?indicator=wmo_clients_per_1000&perPagina=1",
    "vergelijkbaar": "/gebieden/GM0193/vergelijkbare-gemeenten",
}


@cache
def _examples() -> dict[str, Any]:
    examples: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return examples


def example(operation: str) -> dict[str, Any]:
    """What the OpenAPI document says in addition of an operation: its question and the answer to it."""
    content = {"application/json": {"example": _examples()[operation]}}
    return {"x-voorbeeld": QUESTIONS[operation], "responses": {200: {"content": content}}}
