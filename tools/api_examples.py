# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ask the example questions of the API anew and keep the answers: `python -m tools.api_examples`.

Needs built figures (`samenspel figures build`) in the data folder.
"""

import json
import os


def main() -> None:
    """Write the examples.json of every part that has operations."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenspel.platform.settings.installed")
    import django

    django.setup()
    from django.test import Client

    from samenspel.figures.api import examples as figures
    from samenspel.outcomes.api import examples as comparisons

    client = Client(headers={"host": "localhost"})
    for part in (figures, comparisons):
        answers = {}
        for operation, question in part.QUESTIONS.items():
            response = client.get(f"/api/v1{question}")
            if response.status_code != 200:
                raise SystemExit(f"{question}: {response.status_code} {response.content.decode()}")
            answers[operation] = response.json()
        part.FILE.write_text(json.dumps(answers, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
