"""Naming a colleague in a form: by employee number or work e-mail, with suggestions while typing."""

from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from hrportal.people.fields import key_in, words_for_person
from hrportal.people.models import Employee
from hrportal.people.several import SeveralField

FOUND = "people-found"


class PersonInput(forms.TextInput):
    """A text field that fills the page's `<datalist id="people-found">` while somebody types."""

    def __init__(self) -> None:
        super().__init__(
            attrs={
                "list": FOUND,
                "autocomplete": "off",
                "hx-get": reverse_lazy("people:colleague_options"),
                "hx-trigger": "input changed delay:300ms",
                "hx-target": f"#{FOUND}",
                "hx-params": "*",
            }
        )


class PersonField(forms.CharField):
    """An employee who works here now, found by a suggestion, number or work e-mail."""

    widget = PersonInput
    default_error_messages = {"unknown": _("Nobody who works here has this number or e-mail.")}

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Type a name and choose, or enter an employee number or work e-mail."))
        super().__init__(**options)

    def clean(self, value: str) -> Employee | None:
        typed = key_in(super().clean(value))
        if not typed:
            return None
        matches = Employee.objects.employed().filter(Q(employee_number=typed) | Q(work_email__iexact=typed))
        person = matches.first()
        if person is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return person


class NamedPersonField(PersonField):
    """A person shown as they are suggested."""

    def prepare_value(self, value: Any) -> Any:
        return words_for_person(value) if isinstance(value, Employee) else value


def people_field(**options: Any) -> SeveralField:
    """Several people who work here."""
    options.setdefault("help_text", _("Type a name and choose, or enter an employee number or work e-mail."))
    return SeveralField(NamedPersonField(), reverse_lazy("people:colleague_options"), required=False, **options)
