# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Made-up content for the gallery page: every component in every state, also the awkward ones."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samenspel.platform.ui.components import Column, Link, Table


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Hoe heet u?"), help_text=_("Uw voornaam is genoeg."))
    email = forms.EmailField(label=_("E-mailadres"), required=False)
    story = forms.CharField(label=_("Wat wilt u vertellen?"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    place = forms.ChoiceField(label=_("Waar woont u?"), choices=[("zwolle", "Zwolle"), ("oss", "Oss")])
    contact = forms.ChoiceField(
        label=_("Hoe wilt u antwoord?"),
        choices=[("phone", _("Bel mij")), ("mail", _("Stuur een e-mail"))],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=_("Waar gaat het over?"),
        choices=[("home", _("Wonen")), ("money", _("Geld")), ("health", _("Gezondheid"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agree = forms.BooleanField(label=_("Mijn verhaal mag met mijn naam op deze website"))


def examples(request: HttpRequest) -> dict[str, Any]:
    """Everything that the gallery page shows."""
    numbers = Table(
        caption="Inwoners van Voorbeeldstad naar leeftijd",
        columns=[Column("Leeftijd"), Column("Inwoners", numeric=True), Column("Deel", numeric=True)],
        rows=[
            ["0 tot 15 jaar", "21.345", "16,1 %"],
            ["15 tot 65 jaar", "87.002", "65,6 %"],
            ["65 jaar en ouder", "24.210", "18,3 %"],
        ],
        note="Stand op 1 januari 2025.",
    )
    return {
        "crumbs": [("Start", "/"), ("Gemeente Voorbeeldstad", "/ui/"), ("Wijk Noord", "")],
        "actions": [Link("Tabel", "#tabel"), Link("Bron", "#bron"), Link("Cijfers als CSV", "#csv")],
        "table": numbers,
        "pairs": [
            ("Bron", "Centraal Bureau voor de Statistiek"),
            ("Bijgewerkt", "15 mei 2026"),
            ("Betekenis", "Hoeveel mensen op 1 januari in de gemeente wonen."),
        ],
        "empty_form": ExampleForm(prefix="leeg"),
        "wrong_form": ExampleForm(
            {"fout-email": "geen adres", "fout-story": "<script>alert(1)</script>"}, prefix="fout"
        ),
        "page": Paginator(range(200), 10).get_page(7),
        "hostile": "<script>alert('x')</script> & \"aanhaling\"",
        "long_word": "Meervoudigeondersteuningsbehoeftenonderzoekscommissievergadering",
    }
