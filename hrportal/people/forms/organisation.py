"""What is typed about the organisation: units, jobs, positions, locations, legal entities."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import UnitKind
from hrportal.people.fields import JobField, PlainUnitInput, UnitField
from hrportal.people.models import Job, LegalEntity, Location, OrgUnit, Position
from hrportal.people.models.organisation import Named


class NamedForm(forms.Form):
    """A code and a name. The code stays for good: other systems know the row by it."""

    code = forms.CharField(
        label=_("Code"), max_length=100, help_text=_("Other systems know it by this. It cannot be changed later.")
    )
    name = forms.CharField(label=_("Name"), max_length=200)

    def __init__(self, *args: Any, row: Named | None = None, **kwargs: Any) -> None:
        if row:
            kwargs["initial"] = {name: getattr(row, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        if row:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.changed_data:
            named = cleaned.get(name)
            if isinstance(named, Named) and not named.is_active:
                self.add_error(name, _("This is no longer in use."))
        return cleaned


class OrgUnitForm(NamedForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=UnitKind.choices, initial=UnitKind.DEPARTMENT)
    parent = UnitField(
        label=_("Below the unit"), required=False, widget=PlainUnitInput, help_text=_("Empty: it stands at the top.")
    )


class JobForm(NamedForm):
    family = forms.CharField(label=_("Job family"), max_length=100, required=False)
    level = forms.IntegerField(label=_("Level"), min_value=0, max_value=32767, required=False)


class PositionForm(NamedForm):
    job = JobField(label=_("Job"), required=False)
    org_unit = UnitField(label=_("Unit"), required=False, widget=PlainUnitInput)


class CountryForm(NamedForm):
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Country"),
        max_length=2,
        required=False,
        help_text=_("Two letters, “DE” say."),
        error_messages={"invalid": _("A country has two letters.")},
    )

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()


@dataclass(frozen=True)
class Kind:
    """A kind of row of the organisation: its form, its words, and the field of an employee that puts somebody there."""

    model: type[Named]
    form: type[NamedForm]
    title: Any
    add: Any
    place: str
    shown_with: tuple[str, ...] = ()


KINDS = {
    "units": Kind(OrgUnit, OrgUnitForm, _("Units"), _("Add a unit"), "org_unit", ("parent",)),
    "jobs": Kind(Job, JobForm, _("Jobs"), _("Add a job"), "job"),
    "positions": Kind(
        Position, PositionForm, _("Positions"), _("Add a position"), "position", ("job", "org_unit", "incumbent")
    ),
    "locations": Kind(Location, CountryForm, _("Locations"), _("Add a location"), "location"),
    "legal-entities": Kind(LegalEntity, CountryForm, _("Legal entities"), _("Add a legal entity"), "legal_entity"),
}
