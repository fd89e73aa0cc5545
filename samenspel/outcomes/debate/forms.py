# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of the debate: agreeing, taking it back, a review, a proposal, joining it, and naming its passport."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenspel.figures.service import list_indicators
from samenspel.outcomes.contributions import service as contributions
from samenspel.outcomes.debate import queries
from samenspel.outcomes.debate.policies import sides_of
from samenspel.outcomes.debate.states import AGREES, REVIEWS, STARTS, ReviewOutcome, Side
from samenspel.platform.service import accounts
from samenspel.voice.service import careful

PUBLIC = _("Iedereen kan dit lezen. Schrijf geen namen en geen andere gegevens van mensen op.")


class _ForOrganisation(careful.CarefulForm):
    """Speaks on behalf of one of the actor's organisations; with only one there is nothing to choose."""

    organisation: "forms.ModelChoiceField[accounts.Organisation]" = forms.ModelChoiceField(
        label=_("Namens wie?"),
        queryset=None,
        empty_label=None,
        error_messages={"required": _("Kies namens wie u dit zegt.")},
    )
    roles: tuple[str, ...] = ()

    def __init__(self, *args: Any, actor: accounts.Actor, **kwargs: Any) -> None:
        places = sorted({held.area_code for held in actor.roles if held.role in self.roles})
        super().__init__(*args, municipality=places[0] if places else "", **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queries.organisations_where(actor, self.roles)


class AgreementForm(_ForOrganisation):
    """Agree with an indicator."""

    roles = AGREES
    public_texts = ("reservation",)
    reservation = forms.CharField(
        label=_("Bent u het eens, maar met een “maar”? Schrijf dat hier."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Bijvoorbeeld: wij zijn het eens als er ook verhalen naast staan. Iedereen kan dit lezen."),
    )


class TakeBackForm(_ForOrganisation):
    """Take an agreement back."""

    roles = AGREES
    public_texts = ("reason",)
    reason = forms.CharField(
        label=_("Waarom bent u het niet meer eens met dit cijfer?"),
        max_length=2000,
        error_messages={"required": _("Schrijf op waarom u het niet meer eens bent. Iedereen kan dat lezen.")},
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=PUBLIC,
    )


class ReviewForm(_ForOrganisation):
    """Record a review."""

    roles = REVIEWS
    public_texts = ("text",)
    held_on = forms.DateField(
        label=_("Wanneer is het cijfer opnieuw bekeken?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Vul in op welke dag het cijfer opnieuw is bekeken.")},
    )
    outcome = forms.ChoiceField(
        label=_("Wat kwam eruit?"),
        choices=ReviewOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat eruit kwam.")},
    )
    text = forms.CharField(
        label=_("Wat is er besproken en besloten?"),
        max_length=4000,
        error_messages={"required": _("Schrijf op wat er is besproken en besloten.")},
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=PUBLIC,
    )
    next_on = forms.DateField(
        label=_("Wanneer kijkt u weer?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Deze dag staat daarna bij het cijfer."),
        error_messages={"required": _("Vul in op welke dag u weer kijkt.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].initial = timezone.localdate


class ProposalForm(_ForOrganisation):
    """Propose another indicator."""

    roles = STARTS
    public_texts = ("title", "shows", "measured")
    title = forms.CharField(
        label=_("Welk cijfer wilt u?"),
        max_length=120,
        help_text=_("Kort, bijvoorbeeld: hulp binnen een maand."),
        error_messages={"required": _("Geef het cijfer een titel.")},
    )
    shows = forms.CharField(
        label=_("Wat moet het laten zien?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=PUBLIC,
        error_messages={"required": _("Schrijf op wat het cijfer moet laten zien.")},
    )
    measured = forms.CharField(
        label=_("Hoe is het te tellen?"),
        max_length=2000,
        error_messages={"required": _("Schrijf op hoe dit te tellen is.")},
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Waar komt het vandaan, bij wie wordt het gevraagd, en hoe vaak?"),
    )
    instead_of = forms.ChoiceField(label=_("Bij welk cijfer hoort het, of in plaats waarvan?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["instead_of"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Geen: dit cijfer is nieuw")), *contributions.figure_choices(of_municipalities=False)]


class JoinForm(forms.Form):
    """Carry a proposal: on which side, within which organisation."""

    join_as = forms.ChoiceField(
        label=_("Namens wie doet u mee?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies namens wie u meedoet.")},
    )

    def __init__(self, *args: Any, actor: accounts.Actor, municipality: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["join_as"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = join_choices(actor, municipality)

    def chosen(self) -> tuple[int, str]:
        """Row number of the organisation, and the side."""
        organisation, _colon, side = self.cleaned_data["join_as"].partition(":")
        return int(organisation), side


class PassportForm(forms.Form):
    """Which indicator came of a proposal."""

    indicator = forms.ChoiceField(
        label=_("Welk cijfer is het geworden?"),
        error_messages={"required": _("Kies welk cijfer het is geworden.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["indicator"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = indicator_choices()


class ListForm(forms.Form):
    """Which proposals to show."""

    gemeente = forms.ChoiceField(label=_("Gemeente"), required=False)
    zoek = forms.CharField(label=_("Woorden in het voorstel"), required=False, max_length=100)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["gemeente"]
        assert isinstance(place, forms.ChoiceField)
        place.choices = [("", _("Alle gemeenten")), *places]


def indicator_choices() -> list[tuple[str, str]]:
    """Every indicator, by title."""
    return sorted(((one.key, one.title) for one in list_indicators()), key=lambda pair: pair[1].casefold())


def join_choices(actor: accounts.Actor, municipality: str) -> list[tuple[str, str]]:
    """The sides on which the actor can carry a proposal of this municipality, in words."""
    names = {held.organisation_id: held.organisation_name for held in actor.roles if held.area_code == municipality}
    return [
        (f"{organisation}:{side}", f"{Side(side).label} ({name})")
        for organisation, name in names.items()
        for side in sides_of(actor, organisation)
    ]
