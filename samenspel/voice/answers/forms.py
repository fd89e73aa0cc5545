# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms: answering a question, taking more time, and choosing what a list shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenspel.voice.answers.actions import MOST_TEXT
from samenspel.voice.answers.queries import Shown, Wanted
from samenspel.voice.answers.states import Outcome


class AnswerForm(forms.Form):
    """The answer, what is done with the question, and why."""

    text = forms.CharField(
        label=_("Uw antwoord"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Iedereen kan dit lezen. Schrijf geen namen en geen andere gegevens van mensen op."),
    )
    outcome = forms.ChoiceField(
        label=_("Wat doet u met deze vraag?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nodig als u het niet, of niet helemaal doet. Iedereen kan dit lezen."),
    )

    def clean(self) -> dict[str, Any]:
        """A reason is needed unless everything is accepted."""
        cleaned: dict[str, Any] = super().clean() or {}
        outcome = cleaned.get("outcome")
        if outcome and outcome != Outcome.ACCEPTED and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Schrijf op waarom u dit niet, of niet helemaal doet."))
        return cleaned


class ExtendForm(forms.Form):
    """More time, once, with a reason for everybody."""

    weeks = forms.TypedChoiceField(label=_("Hoeveel weken meer?"), coerce=int, choices=[])
    reason = forms.CharField(
        label=_("Waarom hebt u meer tijd nodig?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Iedereen kan dit lezen."),
    )

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        weeks = self.fields["weeks"]
        assert isinstance(weeks, forms.TypedChoiceField)
        weeks.choices = [(number, str(number)) for number in range(1, most + 1)]


class ListForm(forms.Form):
    """Which questions to show."""

    gemeente = forms.ChoiceField(label=_("Gemeente"), required=False)
    stand = forms.ChoiceField(
        label=_("Welke vragen"),
        required=False,
        choices=[
            (Shown.ALL.value, _("Alle vragen")),
            (Shown.OPEN.value, _("Nog geen antwoord")),
            (Shown.OVERDUE.value, _("Te laat")),
            (Shown.ANSWERED.value, _("Beantwoord")),
        ],
    )
    zoek = forms.CharField(label=_("Woorden in vraag of antwoord"), required=False, max_length=100)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["gemeente"]
        assert isinstance(place, forms.ChoiceField)
        place.choices = [("", _("Alle gemeenten")), *places]

    def wanted(self) -> Wanted:
        """What the reader asks for; a choice that does not exist counts as none."""
        self.is_valid()
        chosen = self.cleaned_data
        return Wanted(
            municipality=chosen.get("gemeente", ""),
            shown=Shown(chosen.get("stand", "")),
            search=chosen.get("zoek", ""),
        )
