"""Naming people and rows of the organisation in a form or filter: by typing, so that no page carries the whole company."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee, Job, LegalEntity, Location, OrgUnit, Position
from hrportal.people.models.organisation import Named
from hrportal.people.search import named

CODE_AT_THE_END = re.compile(r"\(([^()]+)\)\s*$")


def key_in(typed: str) -> str:
    """The key of a suggestion, which stands in brackets at its end; what is none is its own key."""
    at_the_end = CODE_AT_THE_END.search(typed)
    return at_the_end[1] if at_the_end else typed


def words_for(row: Named) -> str:
    """A row of the organisation as it is typed and suggested: names may occur twice, codes do not."""
    return f"{row.name} ({row.code})"


def words_for_person(person: Employee) -> str:
    """Somebody as they are typed and suggested: names may occur twice, numbers do not."""
    return f"{person.name} ({person.employee_number})"


class SuggestingInput(forms.TextInput):
    """A text field with a list of suggestions of its own, which is filled while somebody types."""

    suggestions: Any
    placeholder: Any = ""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        asks = {"hx-get": self.suggestions, "hx-trigger": "input changed delay:300ms"}
        super().__init__(attrs={"autocomplete": "off", "placeholder": self.placeholder, **asks, **(attrs or {})})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        found = f"{name}-found"
        attrs = {**(attrs or {}), "list": found, "hx-target": f"#{found}"}
        return format_html('{}<datalist id="{}"></datalist>', super().render(name, value, attrs, renderer), found)


class UnitInput(SuggestingInput):
    suggestions = reverse_lazy("people:unit_options")
    placeholder: Any = _("Any")


class PlainUnitInput(UnitInput):
    """Where empty means none rather than any."""

    placeholder = ""


class PersonInput(SuggestingInput):
    suggestions = reverse_lazy("people:person_options")


class ColleagueInput(PersonInput):
    suggestions = reverse_lazy("people:colleague_options")


class JobInput(SuggestingInput):
    suggestions = reverse_lazy("people:organisation_options", args=["jobs"])


class PositionInput(SuggestingInput):
    suggestions = reverse_lazy("people:organisation_options", args=["positions"])


class LocationInput(SuggestingInput):
    suggestions = reverse_lazy("people:organisation_options", args=["locations"])


class LegalEntityInput(SuggestingInput):
    suggestions = reverse_lazy("people:organisation_options", args=["legal-entities"])


class TypedField(forms.CharField):
    """A row by its suggestion, its key, its words if only one has them, or (in links) its id."""

    model: type[Model]

    def prepare_value(self, value: Any) -> Any:
        row = value if isinstance(value, self.model) else self._by_id(str(value or ""))
        return self.words(row) if row else value

    def clean(self, value: Any) -> Any:
        if isinstance(value, self.model):
            return value
        typed = super().clean(value)
        if not typed:
            return None
        row = self.by_key(key_in(typed)) or self._by_words(typed) or self._by_id(typed)
        if row is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return row

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compared as it is typed, so that who left the field alone changed nothing."""
        return super().has_changed(self.prepare_value(initial), data)

    def words(self, row: Any) -> str:
        """The row as it is typed."""
        raise NotImplementedError

    def by_key(self, key: str) -> Any:
        """The row that has this key."""
        raise NotImplementedError

    def with_words(self, typed: str) -> QuerySet[Any]:
        """The rows that are called so."""
        raise NotImplementedError

    def _by_words(self, typed: str) -> Any:
        called = self.with_words(typed)[:2]
        return called[0] if len(called) == 1 else None

    def _by_id(self, typed: str) -> Any:
        rows = self.model._default_manager
        return rows.filter(pk=int(typed)).first() if typed.isdecimal() and len(typed) < 10 else None


class CodedField(TypedField):
    """A row of the organisation by its suggestion, its code, its name if only one has it, or (in links) its id."""

    model: type[Named]

    def words(self, row: Named) -> str:
        return words_for(row)

    def by_key(self, key: str) -> Named | None:
        return self.model._default_manager.filter(code__iexact=key).first()

    def with_words(self, typed: str) -> QuerySet[Any]:
        return self.model._default_manager.filter(name__iexact=typed)


class UnitField(CodedField):
    model = OrgUnit
    widget = UnitInput
    default_error_messages = {"unknown": _("There is no such unit; choose one of the suggestions.")}


class JobField(CodedField):
    model = Job
    widget = JobInput
    default_error_messages = {"unknown": _("There is no such job; choose one of the suggestions.")}


class PositionField(CodedField):
    model = Position
    widget = PositionInput
    default_error_messages = {"unknown": _("There is no such position; choose one of the suggestions.")}


class LocationField(CodedField):
    model = Location
    widget = LocationInput
    default_error_messages = {"unknown": _("There is no such location; choose one of the suggestions.")}


class LegalEntityField(CodedField):
    model = LegalEntity
    widget = LegalEntityInput
    default_error_messages = {"unknown": _("There is no such legal entity; choose one of the suggestions.")}


class PersonField(TypedField):
    """Somebody by their suggestion, their employee number or work e-mail, or their name if only one has it."""

    model = Employee
    widget = PersonInput
    default_error_messages = {"unknown": _("Nobody is known by that; choose one of the suggestions.")}

    def words(self, row: Employee) -> str:
        return words_for_person(row)

    def by_key(self, key: str) -> Employee | None:
        exactly = Employee.objects.filter(employee_number=key).first()
        others = Employee.objects.filter(Q(employee_number__iexact=key) | Q(work_email__iexact=key))
        return exactly or others.order_by("pk").first()

    def with_words(self, typed: str) -> QuerySet[Employee]:
        return Employee.objects.filter(named(typed)).order_by("pk")

    def _by_id(self, typed: str) -> None:
        """Never: a number that is typed is an employee number."""


class ColleagueField(PersonField):
    """Somebody who works here now."""

    widget = ColleagueInput

    def clean(self, value: Any) -> Any:
        person = super().clean(value)
        if person and not Employee.objects.employed().filter(pk=person.pk).exists():
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return person


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
