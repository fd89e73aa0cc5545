# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Commands on the server: the first administrator, who gives all other roles from the pages."""

import click

from samenspel.platform.cli import start_django


@click.group()
def accounts() -> None:
    """People who may log in."""


@accounts.command()
@click.option("--email", required=True, help="The address with which this person logs in.")
@click.option("--name", required=True, help="How the person is addressed.")
@click.option("--municipality", required=True, metavar="GMdddd", help="The code of the municipality, such as GM0193.")
@click.option("--municipality-name", default="", help='Such as "Gemeente Zwolle"; needed when it is not here yet.')
@click.option("--reason", default="Eerste beheerder, gemaakt op de server.", help="Why; kept in the audit trail.")
@click.option(
    "--site", default="http://localhost:8000", show_default=True, help="Where people reach this installation."
)
def administrator(email: str, name: str, municipality: str, municipality_name: str, reason: str, site: str) -> None:
    """Make somebody administrator of a municipality and print the address where they choose a password.

    Whoever can run this command can read the database too: it is the way in for the first administrator, and back in
    when all of them have left. The address works once, for a day.
    """
    start_django()
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str
    from django.db import IntegrityError
    from django.urls import reverse

    from samenspel.platform.accounts import actions, queries
    from samenspel.platform.accounts.models import User, normalise_email
    from samenspel.platform.accounts.roles import OrganisationKind, Role
    from samenspel.platform.policies import Refusal

    place = queries.municipality(municipality)
    if place is None:
        if not municipality_name:
            raise click.UsageError(f"{municipality} is not here yet: give its name too, with --municipality-name.")
        try:
            place = actions.add_organisation(
                by=None, name=municipality_name, kind=OrganisationKind.MUNICIPALITY, area_code=municipality
            )
        except IntegrityError:
            raise click.UsageError(f"{municipality} is no code of a municipality, or that name is taken.") from None
    try:
        person = User.objects.filter(email=normalise_email(email)).first() or actions.add_person(
            by=None, email=email, display_name=name
        )
        if not queries.valid_assignments().filter(person=person, role=Role.ADMINISTRATOR, organisation=place).exists():
            actions.grant_role(by=None, person=person, role=Role.ADMINISTRATOR, organisation=place, reason=reason)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from None
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    click.echo("Give this address to the new administrator; it works once, for a day:", err=True)
    click.echo(site.rstrip("/") + reverse("account_reset_password_from_key", kwargs=key))


@accounts.command(name="seed-demo")
def seed_demo() -> None:
    """Make the invented people of the example municipality; doing it again changes nothing."""
    start_django()
    from samenspel.platform.accounts.demo import seed_demo_people

    click.echo(f"{len(seed_demo_people())} example people are here.", err=True)
