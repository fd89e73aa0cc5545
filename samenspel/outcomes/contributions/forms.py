# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms: telling, the personal code, objecting, reporting, choosing a subject, and a moderator's decision."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenspel.outcomes.contributions.actions import Draft, place_names
from samenspel.outcomes.contributions.checking import FOUND_IN_WORDS, Find, find_in, not_let_through
from samenspel.outcomes.contributions.consents import CONSENT_TEXTS
from samenspel.outcomes.contributions.kinds import KINDS, LONGEST_SIGNATURE, Kind
from samenspel.outcomes.contributions.states import Reason, ReportReason, Use
from samenspel.outcomes.contributions.words import Words

REASON_FIELD = "reden_"
TRAP = "website"


class TellForm(forms.Form):
    """The questions of one kind, how the teller wishes to be named, and consent for each use.

    `finds` holds, after validation, what may tell who somebody is; for each kind of find that may stand with a reason
    there is a field for that reason as soon as it was found. `changing`: without consent, which has its own place then.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        kind: Kind,
        municipality: str,
        roles: Sequence[tuple[str, str]] = (),
        changing: bool = False,
        may_keep: bool = False,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={"signed": _("een inwoner"), "token": uuid4().hex, **(initial or {})})
        self.kind, self.municipality = kind, municipality
        self.finds: list[Find] = []
        for part in KINDS[kind].parts:
            self.fields[part.slug] = forms.CharField(
                label=str(part.question),
                help_text=str(part.help),
                required=part.required,
                max_length=part.longest,
                widget=forms.Textarea(attrs={"rows": part.rows, "autocomplete": "off"}),
                error_messages={"required": _("Schrijf hier nog iets op.")},
            )
        self.fields["signed"] = forms.CharField(
            label=gettext_lazy("Hoe wilt u genoemd worden?"),
            help_text=gettext_lazy("Niet uw naam. Bijvoorbeeld: een inwoner, of: iemand die voor haar moeder zorgt."),
            max_length=LONGEST_SIGNATURE,
            error_messages={"required": _("Schrijf in het kort hoe u genoemd wilt worden, bijvoorbeeld: een inwoner.")},
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        if roles:
            self.fields["as_role"] = forms.ChoiceField(
                label=gettext_lazy("Namens wie spreekt u?"),
                help_text=gettext_lazy("Kiest u uw rol, dan staat erbij dat die klopt. Uw naam staat er niet bij."),
                choices=[("", _("Mijzelf, als inwoner")), *roles],
                required=False,
                widget=forms.RadioSelect,
            )
        if not changing:
            for use, text in CONSENT_TEXTS.items():
                self.fields[f"consent_{use}"] = forms.BooleanField(
                    label=str(text.text),
                    help_text=str(text.help),
                    required=use is Use.SITE,
                    error_messages={"required": _("Zonder uw toestemming kunnen wij de tekst niet plaatsen.")},
                )
            if may_keep:
                self.fields["keep"] = forms.BooleanField(
                    label=gettext_lazy("Zet dit ook bij “Mijn verhalen”, zodat ik het vind als ik inlog."),
                    required=False,
                )
            # Random and long: whoever knows the token of a text is given its code.
            self.fields["token"] = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput, max_length=32)
        # A field that people do not see: programs that fill in everything give themselves away.
        self.fields[TRAP] = forms.CharField(
            label=gettext_lazy("Laat dit veld leeg"),
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        )
        self.fields[TRAP].not_optional = True  # type: ignore[attr-defined]
        if self.is_bound:
            self._ask_reasons()

    def _ask_reasons(self) -> None:
        """A field for the reason of each kind of find that may stand."""
        self.finds = find_in(self._typed(), str(self.data.get("signed", ""))[:200], known=self._places())
        for kind in sorted({find.kind for find in self.finds if not find.never}):
            these = [find for find in self.finds if find.kind == kind]
            marked = ", ".join(dict.fromkeys(f"“{find.marked}”" for find in these))
            in_name = all(find.part == "signed" for find in these)
            asks = _("Bij “Hoe wilt u genoemd worden?” staat %(found)s: %(marked)s. Waarom kan dat blijven staan?")
            self.fields[f"{REASON_FIELD}{kind}"] = forms.CharField(
                label=(asks if in_name else _("In uw tekst staat %(found)s: %(marked)s. Waarom kan dat blijven staan?"))
                % {"found": FOUND_IN_WORDS[kind], "marked": marked},
                help_text=_("Liever haalt u het weg. Laat u het staan, dan leest de griffie waarom."),
                error_messages={
                    "required": _("Haal dit weg uit uw tekst, of schrijf hier waarom het kan blijven staan.")
                },
                max_length=300,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def _typed(self) -> dict[str, str]:
        return {part.slug: str(self.data.get(part.slug, ""))[: part.longest] for part in KINDS[self.kind].parts}

    def _places(self) -> frozenset[str]:
        return place_names(self.municipality)

    def clean(self) -> dict[str, Any]:
        """Nothing that points at a person may stay; what may stay needs a reason."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get(TRAP):
            raise forms.ValidationError(
                _("Dit lijkt door een programma ingevuld. Maak het veld “Laat dit veld leeg” leeg.")
            )
        left = not_let_through(self.finds, self.confirmed())
        for find in left:
            if find.never:
                self.add_error(
                    find.part,
                    _("Hier staat %(found)s: “%(marked)s”. Dat kan niet op de website. Haal het weg.")
                    % {"found": find.in_words, "marked": find.marked},
                )
        return cleaned

    def confirmed(self) -> dict[str, str]:
        """The reasons that were given, by kind of find."""
        kinds = {find.kind for find in self.finds if not find.never}
        given = {kind.value: str(self.data.get(f"{REASON_FIELD}{kind}", "")).strip()[:300] for kind in kinds}
        return {kind: reason for kind, reason in given.items() if reason}

    def draft(self, **more: Any) -> Draft:
        """What was filled in; call it when the form is valid."""
        data = self.cleaned_data
        return Draft(
            kind=self.kind,
            parts={part.slug: data.get(part.slug, "") for part in KINDS[self.kind].parts},
            signed=data["signed"],
            consents=frozenset(use for use in Use if data.get(f"consent_{use}")),
            confirmed=self.confirmed(),
            as_role=data.get("as_role", ""),
            **more,
        )

    def words(self) -> Words:
        """The words as they would be kept; call it when the form is valid."""
        return self.draft(subject_kind="", subject_id="").words()


def initial_of(words: Words) -> dict[str, Any]:
    """The words as they stand in the form again."""
    reasons = {f"{REASON_FIELD}{kind}": reason for kind, reason in words.confirmed.items()}
    return {**words.parts, "signed": words.signed, **reasons}


class CodeForm(forms.Form):
    """The personal code."""

    code = forms.CharField(
        label=gettext_lazy("Uw code"),
        help_text=gettext_lazy("Zestien tekens. Streepjes, spaties en kleine letters maken niet uit."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
        error_messages={"required": gettext_lazy("Typ de code die u kreeg toen u de tekst verstuurde.")},
    )


class AppealForm(forms.Form):
    """Why somebody else should look again."""

    words = forms.CharField(
        label=gettext_lazy("Waarom moet uw tekst er wel staan?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ReportForm(forms.Form):
    """What is wrong with a published text."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Wat is er aan de hand?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies wat er aan de hand is.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Wilt u dat uitleggen?"),
        help_text=gettext_lazy("Alleen de controleur leest dit. Wij bewaren niet wie u bent."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    website = forms.CharField(
        label=gettext_lazy("Laat dit veld leeg"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[TRAP].not_optional = True  # type: ignore[attr-defined]

    def clean_website(self) -> str:
        """Only programs fill this in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Maak dit veld leeg."))
        return ""


class RefuseForm(forms.Form):
    """Why a text is not published: a published reason, and words for the teller."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Welke regel geldt?"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies de regel.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Uitleg aan de verteller"),
        help_text=gettext_lazy("Zeg wat er anders moet, in gewone woorden. De verteller leest dit."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Leg in eigen woorden uit waarom. De verteller leest dit.")},
    )


class ListForm(forms.Form):
    """Which stories to show; empty is all of them."""

    zoek = forms.CharField(label=gettext_lazy("Zoek op een woord"), required=False, max_length=100)
    plaats = forms.ChoiceField(label=gettext_lazy("Gemeente"), required=False)
    soort = forms.ChoiceField(label=gettext_lazy("Soort"), required=False)

    def __init__(self, data: Mapping[str, Any], *, places: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        place, kind = self.fields["plaats"], self.fields["soort"]
        assert isinstance(place, forms.ChoiceField) and isinstance(kind, forms.ChoiceField)
        place.choices = [("", _("Alle gemeenten")), *places]
        kind.choices = [("", _("Alle soorten")), *Kind.choices]

    def wanted(self, name: str) -> str:
        """What was asked; "" when it is no choice."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


class SubjectForm(forms.Form):
    """About which figure of which municipality somebody wants to write."""

    plaats = forms.ChoiceField(
        label=gettext_lazy("Over welke gemeente gaat het?"),
        error_messages={"required": gettext_lazy("Kies de gemeente.")},
    )
    zoek = forms.CharField(
        label=gettext_lazy("Zoek een cijfer op een woord"),
        help_text=gettext_lazy("Bijvoorbeeld: eenzaam, geld of hulp. Kies daarna: zoek."),
        required=False,
        max_length=60,
    )
    cijfer = forms.ChoiceField(
        label=gettext_lazy("Bij welk cijfer hoort het?"),
        error_messages={"required": gettext_lazy("Kies het cijfer.")},
    )
    soort = forms.ChoiceField(choices=Kind.choices, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        places: Sequence[tuple[str, str]],
        figures: Sequence[tuple[str, Sequence[tuple[str, str]]]],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        place, figure = self.fields["plaats"], self.fields["cijfer"]
        assert isinstance(place, forms.ChoiceField) and isinstance(figure, forms.ChoiceField)
        place.choices = list(places)
        figure.choices = list(figures)


def marked(text: str, finds: Sequence[Find]) -> str:
    """The text as safe HTML with each find marked, and said what it is: for who reads with the ears too."""
    pieces, at = [], 0
    for find in sorted(finds, key=lambda one: one.start):
        pieces.append(format_html("{}", text[at : find.start]))
        pieces.append(format_html("<mark>{}</mark> <small>({})</small>", find.marked, find.in_words))
        at = find.end
    pieces.append(format_html("{}", text[at:]))
    return format_html("{}" * len(pieces), *pieces)
