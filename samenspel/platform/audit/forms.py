# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filters of the audit trail's page."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from samenspel.platform.audit.queries import Wanted


class FilterForm(forms.Form):
    """Kind of action, person, and from which day until which."""

    soort = forms.ChoiceField(label=_("Wat er gebeurde"), required=False)
    persoon = forms.ChoiceField(label=_("Wie"), required=False)
    van = forms.DateField(
        label=_("Vanaf welke dag"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    tot = forms.DateField(
        label=_("Tot en met welke dag"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: object, *, actions: Sequence[tuple[str, str]], people: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["soort"].choices = [("", _("Alles")), *actions]  # type: ignore[attr-defined]
        self.fields["persoon"].choices = [("", _("Iedereen")), *people]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What is asked for; call it when the form is valid."""
        given = self.cleaned_data
        return Wanted(given["soort"], given["persoon"], given["van"], given["tot"])
