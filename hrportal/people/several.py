"""Several people, units or jobs in one field: one line each, typed with suggestions, with some empty lines to go on in.

So a form costs the same in every company, and works without script; with it, there is always one more line, and a list
that is pasted takes a line for each.
"""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hrportal.people.fields import ColleagueField, JobField, UnitField

SPARE_LINES = 2


class LinesInput(forms.Widget):
    """A text field for each value and some empty ones, with one list of suggestions for all."""

    def __init__(self, suggestions_url: Any) -> None:
        super().__init__()
        self.suggestions_url = suggestions_url

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [str(value) for value in values]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def id_for_label(self, id_: str) -> str:
        return id_

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        lines = [*(value or []), *[""] * SPARE_LINES]
        first, found = (attrs or {}).get("id") or f"id_{name}", f"{name}-found"
        line = (
            '<input type="text" class="form-control" name="{}" value="{}" id="{}" list="{}" aria-label="{}"'
            ' autocomplete="off" hx-get="{}" hx-trigger="input changed delay:300ms" hx-target="#{}">'
        )
        ids = (first if number == 0 else f"{first}_{number}" for number in range(len(lines)))
        label = self.attrs.get("aria-label") or name
        fields = format_html_join(
            "",
            line,
            (
                (name, words, id_, found, label, self.suggestions_url, found)
                for words, id_ in zip(lines, ids, strict=True)
            ),
        )
        group = '<div class="stack" id="{}_lines" data-lines>{}<datalist id="{}"></datalist></div>'
        return format_html(group, first, fields, found)


class SeveralField(forms.Field):
    """A list of what another field finds; the same one named twice counts once."""

    def __init__(self, each: forms.Field, suggestions_url: Any, **options: Any) -> None:
        super().__init__(widget=LinesInput(suggestions_url), **options)
        self.each = each
        self.widget.attrs["aria-label"] = self.label

    def prepare_value(self, value: Any) -> Any:
        return [self.each.prepare_value(item) for item in value] if value else []

    def clean(self, value: Any) -> list[Any]:
        found, unknown = {}, []
        for typed in [item for item in value or [] if item.strip()]:
            try:
                row = self.each.clean(typed)
            except forms.ValidationError as error:
                unknown.append(f"“{typed}”: {error.messages[0]}")
            else:
                found[row.pk] = row
        if unknown:
            raise forms.ValidationError(unknown)
        if self.required and not found:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(found.values())

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != [item for item in data or [] if item]


def units_field(**options: Any) -> SeveralField:
    """Several units."""
    return SeveralField(UnitField(), reverse_lazy("people:unit_options"), required=False, **options)


def jobs_field(**options: Any) -> SeveralField:
    """Several jobs."""
    return SeveralField(
        JobField(), reverse_lazy("people:organisation_options", args=["jobs"]), required=False, **options
    )


def colleagues_field(**options: Any) -> SeveralField:
    """Several people who work here now."""
    return SeveralField(ColleagueField(), reverse_lazy("people:colleague_options"), required=False, **options)
