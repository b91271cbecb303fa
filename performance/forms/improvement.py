"""Writing an improvement plan, and what its steps ask for."""

import datetime
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.viewer import Principal
from performance.enums import CheckInRhythm, ImprovementOutcome, MilestoneResult, RemarkReaders
from performance.forms.people import PersonField
from performance.models import ImprovementMilestone, ImprovementPlan, ImprovementSupport

MOST_LINES = 12
SPARE_LINES = 1


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def _text(label: Any, *, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=20_000, **options)


class ImprovementPlanForm(forms.Form):
    """What is agreed. In a draft everything may still be empty; HR is asked only about a whole one."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = _text(
        _("Reason"),
        rows=6,
        required=False,
        help_text=_("What happened, when, and what it led to. Facts, not character."),
    )
    expectations = _text(
        _("Expectations"), rows=6, required=False, help_text=_("What good work looks like from now on.")
    )
    starts_on = _day(label=_("First day"), required=False)
    ends_on = _day(label=_("Last day"), required=False)
    rhythm = forms.TypedChoiceField(
        label=_("Check-ins"), coerce=int, choices=CheckInRhythm.choices, initial=CheckInRhythm.FORTNIGHTLY
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("The plan must end after it starts."))
        return cleaned

    @classmethod
    def stored(cls, plan: ImprovementPlan) -> dict[str, Any]:
        """What is stored, under the names of the fields."""
        return {name: getattr(plan, name) for name in cls.base_fields if hasattr(plan, name)}


class NewImprovementPlanForm(ImprovementPlanForm):
    """The first save also says whose plan it is."""

    version = None  # type: ignore[assignment]
    person = PersonField(label=_("For whom"))
    field_order = ["person"]

    def __init__(self, *args: Any, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_person(self) -> Any:
        person = self.cleaned_data["person"]
        if not self.user.has_perm("performance.create_improvement_plan", person):
            raise forms.ValidationError(_("You open plans for people you lead."))
        return person


class AmendImprovementPlanForm(ImprovementPlanForm):
    """After the employee saw it a change has a reason, and more time is an extension."""

    ends_on = None  # type: ignore[assignment]
    why = _text(
        _("Why is it changed?"), rows=2, help_text=_("The employee reads this, and acknowledges the plan again.")
    )


class MilestoneForm(forms.ModelForm):
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ImprovementMilestone
        fields = ["title", "measure", "due_on"]
        widgets = {"due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class SupportForm(forms.ModelForm):
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ImprovementSupport
        fields = ["description", "kind"]


MilestoneFormSet = formset_factory(MilestoneForm, extra=SPARE_LINES, can_delete=True, max_num=MOST_LINES)
SupportFormSet = formset_factory(SupportForm, extra=SPARE_LINES, can_delete=True, max_num=MOST_LINES)
LINES: dict[str, tuple[Any, tuple[str, ...], str]] = {
    "milestones": (MilestoneFormSet, ("title", "measure", "due_on"), "title"),
    "support": (SupportFormSet, ("kind", "description"), "description"),
}


def stored_lines(plan: ImprovementPlan | None, name: str) -> list[dict[str, Any]]:
    """The lines of a plan that are in force, as the formset takes them."""
    if plan is None:
        return []
    fields = LINES[name][1]
    return list(getattr(plan, name).filter(dropped_at=None).values("id", *fields))


def line_formset(name: str, plan: ImprovementPlan | None, data: Any = None) -> Any:
    """The lines of a plan as a formset."""
    return LINES[name][0](data, initial=stored_lines(plan, name), prefix=name)


def empty_line(name: str, number: int) -> Any:
    """One more line, still empty."""
    return LINES[name][0](prefix=name, initial=[{}] * number)._construct_form(number)


def given_lines(formset: Any, name: str) -> list[dict[str, Any]]:
    """The lines filled in and not taken out, in the shape the action takes."""
    _formset, fields, first = LINES[name]
    rows = []
    for form in formset.forms:
        data = form.cleaned_data
        if data.get("DELETE") or not data.get(first):
            continue
        row = {field: data[field] for field in fields}
        rows.append({**row, "id": data["id"]} if data.get("id") else row)
    return rows


class PlanStepForm(forms.Form):
    """Nothing is asked; the click is enough."""

    def __init__(self, *args: Any, plan: ImprovementPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan


class PlanReasonForm(PlanStepForm):
    reason = _text(_("Reason"), rows=3)


class ReadPlanForm(PlanStepForm):
    """Acknowledging says which version was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    comment = _text(
        _("Your view"),
        required=False,
        help_text=_("Optional. Those who read the plan read it too. You can also add something later."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.plan.version


class ResponseForm(PlanStepForm):
    text = _text(_("Your view"))


class PlanCheckInForm(PlanStepForm):
    held_on = _day(label=_("Held on"), initial=timezone.localdate)
    text = _text(_("What was said, what was agreed"))


class EvidenceForm(PlanStepForm):
    text = _text(_("What it shows"), rows=3)
    link = forms.URLField(
        label=_("Link"), required=False, assume_scheme="https", help_text=_("Where it lies, if it lies somewhere.")
    )

    def clean_link(self) -> str:
        link = self.cleaned_data["link"]
        if link and not link.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Enter an address that begins with https://."))
        return link


class ExtensionForm(PlanStepForm):
    ends_on = _day(label=_("New last day"))
    reason = _text(_("Reason"), rows=3)

    def clean_ends_on(self) -> datetime.date:
        ends_on = self.cleaned_data["ends_on"]
        if self.plan.ends_on and ends_on <= self.plan.ends_on:
            raise forms.ValidationError(_("The new last day must be after the present one."))
        return ends_on


class PlanHandOverForm(PlanReasonForm):
    to = PersonField(label=_("New manager of the plan"))
    field_order = ["to", "reason"]


class RemarkForm(PlanStepForm):
    text = _text(_("Remark"))
    readers = forms.ChoiceField(
        label=_("Who reads it"), choices=RemarkReaders.choices, widget=forms.RadioSelect, initial=RemarkReaders.HR
    )


class ClosePlanForm(PlanStepForm):
    outcome = forms.ChoiceField(
        label=_("How does it end?"),
        widget=forms.RadioSelect,
        choices=[
            (ImprovementOutcome.SUCCESSFUL, _("Successful: what was expected is reached")),
            (ImprovementOutcome.UNSUCCESSFUL, _("Unsuccessful: what was expected is not reached")),
        ],
    )
    reason = _text(_("Summary"), help_text=_("The employee reads it."))


class MilestoneResultForm(PlanStepForm):
    result = forms.ChoiceField(label=_("Result"), choices=MilestoneResult.choices, widget=forms.RadioSelect)
    note = _text(_("Note"), rows=3, required=False, help_text=_("What is missing, where it is not fully met."))
