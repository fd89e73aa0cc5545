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
    "gebieden": "/gebieden?zoek=zwolle&niveau=gemeente",
    "gebied": "/gebieden/GM0788",
    "indicatoren": "/indicatoren?onderwerp=eenzaamheid&perPagina=1",
    "indicator": "/indicatoren/lonely",
    "cijfers": "/cijfers?gebied=GM0193&indicator=lonely&periode=laatste",
    "bronnen": "/bronnen?perPagina=1",
    "bron": "/bronnen/rivm_50090",
}


@cache
def _examples() -> dict[str, Any]:
    examples: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return examples


def example(operation: str) -> dict[str, Any]:
    """What the OpenAPI document says in addition of an operation: its question and the answer to it."""
    content = {"application/json": {"example": _examples()[operation]}}
    return {"x-voorbeeld": QUESTIONS[operation], "responses": {200: {"content": content}}}
