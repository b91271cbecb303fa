"""What is typed about one person: who they are, where they work and for whom, when they come and go."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.actions.corrections import AT_WORK
from hrportal.people.enums import EmploymentStatus, Gender, LeaveReason
from hrportal.people.fields import (
    JobField,
    LegalEntityField,
    LocationField,
    PersonField,
    PlainUnitInput,
    PositionField,
    UnitField,
)
from hrportal.people.forms.imports import Day
from hrportal.people.history import PLACE
from hrportal.people.models import Employee

RESTRICTED_HELP = _("For figures about many alone; no page shows it again.")


class PlaceForm(forms.Form):
    """Where somebody works and for whom. What is named must be in use, unless it is what was there before."""

    manager = PersonField(
        label=_("Manager"), required=False, help_text=_("Type a name and choose. Empty: nobody above.")
    )
    org_unit = UnitField(label=_("Unit"), required=False, widget=PlainUnitInput)
    job = JobField(label=_("Job"), required=False)
    position = PositionField(label=_("Position"), required=False, help_text=_("The seat, where seats are kept."))
    location = LocationField(label=_("Location"), required=False)
    legal_entity = LegalEntityField(label=_("Legal entity"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in PLACE:
            if name in self.changed_data and (refusal := _why_not(cleaned.get(name))):
                self.add_error(name, refusal)
        return cleaned


def _why_not(named: Any) -> str:
    """Why nobody new is put there, in words."""
    if isinstance(named, Employee):
        return str(_("%s has left.") % named.name) if named.has_left else ""
    return "" if named is None or named.is_active else str(_("This is no longer in use."))


class DetailsForm(forms.Form):
    """Who somebody is."""

    first_name = forms.CharField(label=_("First name"), max_length=100)
    last_name = forms.CharField(label=_("Last name"), max_length=100)
    preferred_name = forms.CharField(
        label=_("Preferred name"), max_length=100, required=False, help_text=_("Instead of the first name.")
    )
    employee_number = forms.CharField(label=_("Employee number"), max_length=50)
    work_email = forms.EmailField(label=_("Work e-mail"), max_length=254, required=False)
    source = forms.CharField(
        label=_("Source system"),
        max_length=50,
        required=False,
        help_text=_(
            "Empty for somebody who is kept here. Whoever has one leaves with its files when they are missing."
        ),
    )
    remote_id = forms.CharField(label=_("Id in the source system"), max_length=200, required=False)
    birth_year = forms.IntegerField(
        label=_("Year of birth"), min_value=1900, max_value=2100, required=False, help_text=RESTRICTED_HELP
    )
    gender = forms.ChoiceField(
        label=_("Gender"), choices=[("", _("Not said")), *Gender.choices], required=False, help_text=RESTRICTED_HELP
    )


class AddForm(PlaceForm, DetailsForm):
    """A new person, with the place they begin at."""

    hired_on = forms.DateField(
        label=_("First day of work"),
        widget=Day(),
        help_text=_("A day to come makes them somebody who starts later."),
    )

    field_order = ["first_name", "last_name", "preferred_name", "employee_number", "work_email", "hired_on", *PLACE]


class CorrectForm(DetailsForm):
    """What is kept of somebody, to be put right. Only what was changed here is written.

    Each field remembers what it showed, so that who saves later does not take back what somebody else put right meanwhile.
    """

    hired_on = forms.DateField(label=_("First day of work"), widget=Day(), required=False)
    status = forms.ChoiceField(
        label=_("At work"), choices=[(s.value, s.label) for s in EmploymentStatus if s in AT_WORK]
    )

    field_order = ["first_name", "last_name", "preferred_name", "employee_number", "work_email", "hired_on", "status"]

    def __init__(self, *args: Any, employee: Employee, **kwargs: Any) -> None:
        shown = [name for name in self.base_fields if name not in ("birth_year", "gender")]
        kwargs["initial"] = {name: getattr(employee, name) for name in shown}
        super().__init__(*args, **kwargs)
        if employee.status not in AT_WORK:
            del self.fields["status"]
        if employee.status == EmploymentStatus.PENDING:
            del self.fields["hired_on"]
        for name in set(shown) & self.fields.keys():
            self.fields[name].show_hidden_initial = True
        self.fields["birth_year"].help_text = self.fields["gender"].help_text = _(
            "What is stored is not shown. Empty: it stays."
        )
        self.fields["gender"].choices = [("", "–"), *Gender.choices]  # type: ignore[attr-defined]

    @property
    def corrections(self) -> dict[str, Any]:
        """What was changed."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class MoveForm(PlaceForm):
    """Another place from a day on. Only what was changed here is written, so that what is planned otherwise stays."""

    effective_on = forms.DateField(
        label=_("From"), widget=Day(), help_text=_("In the past, today, or to come: then it is so from that day on.")
    )

    field_order = ["effective_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PLACE:
            self.fields[name].show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not self.place:
            raise forms.ValidationError(_("Say what changes."))
        return cleaned

    @property
    def place(self) -> dict[str, Any]:
        """What was changed of the place."""
        return {name: self.cleaned_data[name] for name in PLACE if name in self.changed_data}


class EndForm(forms.Form):
    left_on = forms.DateField(
        label=_("Last day of work"),
        widget=Day(),
        help_text=_("One to come is noted, and the employment ends when it has passed."),
    )
    leave_reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose one")), *LeaveReason.choices],
        error_messages={"required": _("Choose a reason.")},
    )


class ReturnForm(PlaceForm):
    """Somebody comes back, to the place they had or another."""

    hired_on = forms.DateField(label=_("First day of work"), widget=Day())

    field_order = ["hired_on"]

    def __init__(self, *args: Any, employee: Employee, **kwargs: Any) -> None:
        # The seat became free when they left, and whoever led them may have left since.
        kept = {name: getattr(employee, name) for name in PLACE if not _why_not(getattr(employee, name))}
        kwargs["initial"] = {"hired_on": timezone.localdate(), **kept}
        super().__init__(*args, **kwargs)
