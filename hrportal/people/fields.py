"""Naming units and people in a form or filter: by typing, so that no page carries the whole organisation."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee, OrgUnit

CODE_AT_THE_END = re.compile(r"\(([^()]+)\)\s*$")


def words_for(unit: OrgUnit) -> str:
    """A unit as it is typed and suggested: names may occur twice, codes do not."""
    return f"{unit.name} ({unit.code})"


class UnitInput(forms.TextInput):
    """A text field with a list of suggestions, which is filled while somebody types."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        asks = {"hx-get": reverse_lazy("people:unit_options"), "hx-trigger": "input changed delay:300ms"}
        super().__init__(attrs={"autocomplete": "off", "placeholder": _("Any"), **asks, **(attrs or {})})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        found = f"{name}-found"
        attrs = {**(attrs or {}), "list": found, "hx-target": f"#{found}"}
        return format_html('{}<datalist id="{}"></datalist>', super().render(name, value, attrs, renderer), found)


class UnitField(forms.CharField):
    """A unit by its suggestion, its code, its name if only one has it, or (in links) its id."""

    widget = UnitInput
    default_error_messages = {"unknown": _("There is no such unit; choose one of the suggestions.")}

    def prepare_value(self, value: Any) -> Any:
        unit = value if isinstance(value, OrgUnit) else self._by_id(str(value or ""))
        return words_for(unit) if unit else value

    def clean(self, value: Any) -> OrgUnit | None:
        if isinstance(value, OrgUnit):
            return value
        typed = super().clean(value)
        if not typed:
            return None
        unit = self._by_code(typed) or self._by_name(typed) or self._by_id(typed)
        if unit is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return unit

    def _by_code(self, typed: str) -> OrgUnit | None:
        at_the_end = CODE_AT_THE_END.search(typed)
        code = at_the_end[1] if at_the_end else typed
        return OrgUnit.objects.filter(code__iexact=code).first()

    def _by_name(self, typed: str) -> OrgUnit | None:
        named = OrgUnit.objects.filter(name__iexact=typed)[:2]
        return named[0] if len(named) == 1 else None

    def _by_id(self, typed: str) -> OrgUnit | None:
        return OrgUnit.objects.filter(pk=int(typed)).first() if typed.isdecimal() and len(typed) < 10 else None


class PeopleField(forms.CharField):
    """People by employee number or work e-mail, separated by commas or lines: for a table of five and of fifty."""

    widget: forms.Widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else "\n".join(person.employee_number for person in value or [])

    def clean(self, value: Any) -> Any:
        return self.found(value)

    def found(self, value: Any) -> Sequence[Employee]:
        """The people named; refused as a whole when somebody is not known."""
        given = set(super().clean(value).lower().replace(",", " ").split())
        keyed = Employee.objects.employed().annotate(number=Lower("employee_number"), email=Lower("work_email"))
        people = list(keyed.filter(Q(number__in=given) | Q(email__in=given)))
        unknown = given - {key for person in people for key in (person.number, person.email)}
        if unknown:
            raise forms.ValidationError(_("Nobody employed is known as %s.") % ", ".join(sorted(unknown)))
        return people
