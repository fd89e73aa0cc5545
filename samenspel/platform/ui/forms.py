# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How Django's forms are drawn: each field with its label, help and errors tied together for a screen reader."""

from typing import Any

from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Textarea
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

_CLASSES: tuple[tuple[type, str], ...] = (
    (CheckboxSelectMultiple, "utrecht-checkbox utrecht-checkbox--html-input"),
    (RadioSelect, "utrecht-radio-button utrecht-radio-button--html-input"),
    (CheckboxInput, "utrecht-checkbox utrecht-checkbox--html-input"),
    (Select, "utrecht-select utrecht-select--html-select"),
    (Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
)
_TEXTBOX = "utrecht-textbox utrecht-textbox--html-input"


class NldsBoundField(BoundField):
    """A form field that gives its widget the classes of NL Design System."""

    def as_widget(
        self, widget: Any = None, attrs: dict[str, Any] | None = None, only_initial: bool = False
    ) -> SafeString:
        """The widget as HTML; classes given by the form itself are kept."""
        drawn = widget or self.field.widget
        ours = next((css for kind, css in _CLASSES if isinstance(drawn, kind)), _TEXTBOX)
        invalid = f" {ours.split()[0]}--invalid" if self.errors else ""
        attrs = {**(attrs or {}), "class": " ".join(filter(None, [ours + invalid, drawn.attrs.get("class")]))}
        return super().as_widget(widget, attrs, only_initial)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        """Without `required`: the browser's own complaints are brief and colour a form that nobody touched."""
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        built.pop("required", None)
        return built

    @property
    def single_checkbox(self) -> bool:
        """Whether this is one box to tick, whose label stands behind it."""
        return isinstance(self.field.widget, CheckboxInput)


class NldsRenderer(TemplatesSetting):
    """Draws forms with the templates in `ui/`; named by the setting FORM_RENDERER."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = NldsBoundField
