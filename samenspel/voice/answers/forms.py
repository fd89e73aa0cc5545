# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms: answering a question, taking more time, and choosing what a list shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenspel.voice.answers.actions import MOST_TEXT
from samenspel.voice.answers.careful import CarefulForm
from samenspel.voice.answers.queries import Shown, Wanted
from samenspel.voice.answers.states import Outcome


class AnswerForm(CarefulForm):
    """The answer, what is done with the question, and why."""

    public_texts = ("text", "reason")
    text = forms.CharField(
        label=_("Uw antwoord"),
        max_length=MOST_TEXT,
        error_messages={"required": _("Schrijf uw antwoord op.")},
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Iedereen kan dit lezen. Schrijf geen namen en geen andere gegevens van mensen op."),
    )
    outcome = forms.ChoiceField(
        label=_("Wat doet u met deze vraag?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat u met de vraag doet.")},
    )
    reason = forms.CharField(
        label=_("Waarom niet, of niet helemaal? Doet u alles, dan hoeft dit niet."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Iedereen kan dit lezen."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].not_optional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A reason is needed unless everything is accepted."""
        cleaned: dict[str, Any] = super().clean() or {}
        outcome = cleaned.get("outcome")
        if outcome and outcome != Outcome.ACCEPTED and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Schrijf op waarom u dit niet, of niet helemaal doet."))
        return cleaned


class ExtendForm(CarefulForm):
    """More time, once, with a reason for everybody."""

    public_texts = ("reason",)
    weeks = forms.TypedChoiceField(
        label=_("Hoeveel weken meer?"),
        coerce=int,
        choices=[],
        error_messages={"required": _("Kies hoeveel weken u meer nodig hebt.")},
    )
    reason = forms.CharField(
        label=_("Waarom hebt u meer tijd nodig?"),
        max_length=2000,
        error_messages={"required": _("Schrijf op waarom u meer tijd nodig hebt. Iedereen kan dat lezen.")},
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
