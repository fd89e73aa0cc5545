# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms: adding a person, giving and ending a role. Those of logging in are in allauth_forms.py."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenspel.platform.accounts import queries
from samenspel.platform.accounts.actors import Actor
from samenspel.platform.accounts.models import Organisation, Team
from samenspel.platform.accounts.roles import Role


class PersonForm(forms.Form):
    """Add a colleague."""

    display_name = forms.CharField(label=_("Naam"), max_length=120)
    email = forms.EmailField(
        label=_("E-mailadres"), help_text=_("Naar dit adres sturen wij een bericht om een wachtwoord te kiezen.")
    )


class RoleForm(forms.Form):
    """Give a role: which, where, from when until when, and why."""

    role = forms.ChoiceField(label=_("Rol"), choices=Role.choices)
    organisation = forms.ModelChoiceField(label=_("Organisatie"), queryset=Organisation.objects.none())
    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=Team.objects.none(),
        required=False,
        help_text=_("Alleen voor een medewerker of leider van een wijkteam."),
    )
    first_day = forms.DateField(
        label=_("Eerste dag"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Laat leeg als de rol nu ingaat."),
    )
    last_day = forms.DateField(
        label=_("Laatste dag"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Laat leeg als u nog niet weet wanneer de rol eindigt."),
    )
    reason = forms.CharField(
        label=_("Reden"), max_length=300, help_text=_("Bijvoorbeeld: nieuw in dienst bij wijkteam Noord.")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation, team = self.fields["organisation"], self.fields["team"]
        assert isinstance(organisation, forms.ModelChoiceField) and isinstance(team, forms.ModelChoiceField)
        organisation.queryset = queries.organisations_of(actor)
        team.queryset = queries.teams_of(actor)
        team.label_from_instance = lambda one: f"{one.name} ({one.organisation.name})"  # type: ignore[method-assign, assignment]

    def period(self) -> tuple[datetime | None, datetime | None]:
        """From the start of the first day until the end of the last, in Dutch time; None where left empty."""
        first, last = self.cleaned_data["first_day"], self.cleaned_data["last_day"]
        today = timezone.localdate()
        begin = None if first is None or first == today else timezone.make_aware(datetime.combine(first, time.min))
        until = None if last is None else timezone.make_aware(datetime.combine(last, time.max))
        return begin, until


class ReasonForm(forms.Form):
    """Why a role ends."""

    reason = forms.CharField(label=_("Reden"), max_length=300)
