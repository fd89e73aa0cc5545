# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""`samenspel openapi`: the OpenAPI document, to lint or to register with a catalogue of APIs."""

import json

import click

from samenspel.platform.api.version import BASE_PATH
from samenspel.platform.cli import start_django


@click.command()
@click.option(
    "--address", default=BASE_PATH, show_default=True, help="Address of the API, for example https://…/api/v1."
)
def openapi(address: str) -> None:
    """Print the OpenAPI document of the API."""
    start_django()
    from samenspel.platform.api.factory import the_api
    from samenspel.platform.api.openapi import document

    click.echo(json.dumps(document(the_api(), address), ensure_ascii=False, indent=2))
