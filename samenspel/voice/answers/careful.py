# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Care for what officials publish: the same look for persons as residents get, a preview, and taking words away.

A text of a municipality is public at once and stays. So nothing that points at one person or household may stand in it,
a name needs a confirmation, the writer sees the text before it is public, and words that should never have been there
can be replaced by a mark. Nothing else of a published text ever changes.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenspel.figures.service import AreaLevel, NoStore, UnknownArea, children, get_area
from samenspel.methods.identifying import NEVER, Kind, identify
from samenspel.platform.service import Refusal

FOUND_IN_WORDS: dict[Kind, str | Promise] = {
    Kind.EMAIL: gettext_lazy("een e-mailadres"),
    Kind.PHONE: gettext_lazy("een telefoonnummer"),
    Kind.BSN: gettext_lazy("een burgerservicenummer"),
    Kind.IBAN: gettext_lazy("een rekeningnummer"),
    Kind.ADDRESS: gettext_lazy("een adres"),
    Kind.POSTCODE: gettext_lazy("een postcode"),
    Kind.BIRTH_DATE: gettext_lazy("een geboortedatum"),
    Kind.LICENCE_PLATE: gettext_lazy("een kenteken"),
    Kind.WEB: gettext_lazy("een adres van een website"),
    Kind.HANDLE: gettext_lazy("een naam op sociale media"),
    Kind.NAME: gettext_lazy("een naam"),
    Kind.ORGANISATION: gettext_lazy("een school, praktijk of andere plek"),
    Kind.DATE: gettext_lazy("een datum"),
    Kind.RARE: gettext_lazy("iets waaraan mensen iemand snel herkennen"),
}
TO_CONFIRM = frozenset({Kind.NAME, Kind.RARE})
"""What may stand in a text of an official once they confirmed it: an alderman's name is no secret, a client's is."""
REMOVED = "[weggehaald]"
"""What stands in the place of words that were taken away. The database lets through no other change."""
CONFIRM = "noemt_niemand"
LEAST_WORDS = 2


def place_names(municipality: str) -> frozenset[str]:
    """Names that are places here, not people: the municipality, its districts and neighbourhoods."""
    try:
        area = get_area(municipality)
    except (UnknownArea, NoStore):
        return frozenset()
    parts = [one.name for level in (AreaLevel.DISTRICT, AreaLevel.NEIGHBOURHOOD) for one in children(area.code, level)]
    return frozenset([area.name, *parts])


def finds_in(texts: Iterable[str], municipality: str) -> list[tuple[Kind, str]]:
    """What may tell who somebody is, of the kinds that officials may not publish or must confirm, with the words."""
    known = place_names(municipality) if municipality else frozenset()
    return [
        (one.kind, text[one.start : one.end])
        for text in texts
        for one in identify(text, known=known)
        if one.kind in NEVER or one.kind in TO_CONFIRM
    ]


def check_public(texts: Collection[str], municipality: str, *, confirmed: bool) -> None:
    """Can these words of an official stand on the website? Raises Refusal naming what cannot, or must be confirmed."""
    found = finds_in(texts, municipality)
    if never := [one for one in found if one[0] in NEVER]:
        raise Refusal(
            _("In de tekst staat {finds}. Dat kan niet op de website. Haal het weg.").format(finds=_in_words(never))
        )
    if found and not confirmed:
        raise Refusal(
            _("In de tekst staat {finds}. Haal het weg, of bevestig dat het er mag staan.").format(
                finds=_in_words(found)
            )
        )


def _in_words(found: Iterable[tuple[Kind, str]]) -> str:
    return ", ".join(dict.fromkeys(f"{FOUND_IN_WORDS[kind]} (“{words}”)" for kind, words in found))


class CarefulForm(forms.Form):
    """A form whose texts become public: it is looked through, and asks to confirm a name as soon as it found one.

    `public_texts` are the fields that everybody will read.
    """

    public_texts: tuple[str, ...] = ()

    def __init__(self, *args: Any, municipality: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality = municipality
        typed = [str(self.data.get(name, ""))[:50_000] for name in self.public_texts]
        asked = [one for one in finds_in(typed, municipality) if one[0] in TO_CONFIRM] if self.is_bound else []
        if asked:
            self.fields[CONFIRM] = forms.BooleanField(
                label=_("Er staat %(finds)s. Dit is geen inwoner, of deze persoon vindt goed dat dit hier staat.")
                % {"finds": _in_words(asked)},
                error_messages={"required": _("Haal de naam weg uit uw tekst, of bevestig dat die er mag staan.")},
            )

    def clean(self) -> dict[str, Any]:
        """Nothing that points at one person or household may stand in a text for everybody."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in self.public_texts:
            never = [one for one in finds_in([cleaned.get(name) or ""], self.municipality) if one[0] in NEVER]
            if never:
                self.add_error(
                    name,
                    _("Hier staat %(finds)s. Dat kan niet op de website. Haal het weg.") % {"finds": _in_words(never)},
                )
        return cleaned

    def chosen(self) -> dict[str, Any]:
        """What was filled in, for the action: the fields, and `confirmed`."""
        data = dict(self.cleaned_data)
        confirmed = bool(data.pop(CONFIRM, False))
        return {**data, "confirmed": confirmed}

    def in_preview(self) -> list[tuple[str, str]]:
        """Question and words of every public text that was filled in."""
        return [
            (str(self.fields[name].label), str(self.cleaned_data[name]))
            for name in self.public_texts
            if self.cleaned_data.get(name)
        ]


def wants_preview(request: HttpRequest) -> bool:
    """Whether the text was sent for a look, not yet to publish."""
    return request.POST.get("stap", "bekijk") == "bekijk"


def wants_change(request: HttpRequest) -> bool:
    """Whether the writer goes back from the preview to the form."""
    return request.POST.get("stap") == "wijzig"


def preview(request: HttpRequest, form: CarefulForm) -> HttpResponse:
    """The texts as everybody will read them, before anything is published."""
    hidden = [(name, value) for name in form.fields if name in form.data for value in [str(form.data.get(name, ""))]]
    return render(request, "answers/preview.html", {"parts": form.in_preview(), "hidden": hidden})


class RemoveWordsForm(forms.Form):
    """Which words of which published text must go: exactly as they stand there."""

    which = forms.ChoiceField(
        label=gettext_lazy("In welke tekst?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies in welke tekst de woorden staan.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Welke woorden moeten weg?"),
        help_text=gettext_lazy("Schrijf ze precies zoals ze er staan. Op die plek komt te staan: [weggehaald]."),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Schrijf op welke woorden weg moeten.")},
    )

    def __init__(self, *args: Any, texts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        which = self.fields["which"]
        assert isinstance(which, forms.ChoiceField)
        which.choices = list(texts)
        if len(texts) == 1:
            self.initial.setdefault("which", texts[0][0])


def without(words: str, *texts: str) -> tuple[str, ...]:
    """The texts with these words replaced by the mark, everywhere they stand. Raises Refusal when they are nowhere."""
    wanted = words.strip()
    if len(wanted) < LEAST_WORDS or wanted in REMOVED:
        raise Refusal(_("Schrijf op welke woorden weg moeten."))
    if not any(wanted in text for text in texts):
        raise Refusal(_("Deze woorden staan niet in de tekst. Schrijf ze precies zoals ze er staan."))
    return tuple(text.replace(wanted, REMOVED) for text in texts)
