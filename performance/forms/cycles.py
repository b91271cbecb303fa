"""Forms of a cycle: its dates and population, its guideline, one more person."""

from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from hrportal.common.actions import ActionError
from hrportal.common.forms import offer, usual_value, words_of
from hrportal.people.enums import Role
from hrportal.people.models import Employee, Job, OrgUnit
from hrportal.people.several import units_field
from hrportal.people.viewer import Principal
from performance.actions import check_guideline
from performance.actions.cycles import COMMON_DATES, EDITABLE_WHILE_OPEN, STEP_DATES
from performance.enums import CycleState
from performance.forms.people import PersonField, people_field
from performance.models import RatingScale, ReviewCycle, ReviewTemplate

DAYS = ("starts_on", "ends_on", "hired_until", *STEP_DATES)
# What has a sensible value without being asked.
WITH_DEFAULTS = (
    "kind",
    "unrated_parts",
    "manager_change_rule",
    "opens_days_before",
    "days_for_self",
    "days_for_manager",
    "acknowledgement_days",
    "remind_days_before",
    "escalate_days_after",
)


class CycleForm(forms.ModelForm):
    """A cycle. Once launched, only what may still change is asked; a partner names units of their own."""

    org_units = units_field(
        label=_("Units"),
        help_text=_("With all units below them. Leave empty for everyone, or for the people named below."),
    )
    excluded_units = units_field(label=_("Units left out"), help_text=_("With all units below them."))
    included_people = people_field(
        label=_("People added"),
        help_text=_(
            "In whatever the rules say, unless they left or are in no cycle. Without units, job families and a hire date, "
            "exactly these people."
        ),
    )
    excluded_people = people_field(label=_("People left out"))
    job_families = forms.MultipleChoiceField(
        label=_("Job families"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave empty for all jobs."),
    )

    class Meta:
        model = ReviewCycle
        fields = [
            "name",
            "kind",
            "starts_on",
            "ends_on",
            "org_units",
            "excluded_units",
            "job_families",
            "hired_until",
            "included_people",
            "excluded_people",
            "template",
            "scale",
            "unrated_parts",
            "months_after_hire",
            "opens_days_before",
            "days_for_self",
            "days_for_manager",
            *STEP_DATES,
            "is_calibrated",
            "needs_second_approval",
            "shares_on_completion",
            "manager_change_rule",
            "skips_late_self_assessments",
            "acknowledgement_days",
            "remind_days_before",
            "escalate_days_after",
            "repeats",
        ]
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in DAYS}

    def __init__(self, *args: Any, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        offer(self, "template", _offered(ReviewTemplate.objects.visible_to(user), self.instance.template_id))
        offer(self, "scale", _offered(RatingScale.objects.visible_to(user), self.instance.scale_id))
        families = cast("forms.MultipleChoiceField", self.fields["job_families"])
        families.choices = [(name, name) for name in _job_families()]
        self.fields["org_units"].required = not user.viewer.has(Role.HR_LEADER)
        for name in WITH_DEFAULTS:
            self.fields[name].required = False
        if self.instance.pk and self.instance.state != CycleState.DRAFT:
            for name in set(self.fields) - EDITABLE_WHILE_OPEN:
                del self.fields[name]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = _layout(self.fields)

    def clean(self) -> dict[str, Any]:
        """What was left empty and has a usual value gets it."""
        cleaned = super().clean() or {}
        for name in WITH_DEFAULTS:
            if name in self.fields and cleaned.get(name) in ("", None):
                cleaned[name] = usual_value(ReviewCycle, name)
        return cleaned

    def clean_org_units(self) -> list[OrgUnit]:
        """A partner's cycle is about units of their own."""
        units = self.cleaned_data["org_units"]
        if not self.user.has_perm("performance.create_cycle", units):
            raise forms.ValidationError(_("Name units that you look after."))
        return units

    def clean_included_people(self) -> list[Employee]:
        """Nobody comes in from where one does not look after people."""
        people = self.cleaned_data["included_people"]
        strangers = [person.name for person in people if not self.user.has_perm("performance.open_review", person)]
        if strangers:
            raise forms.ValidationError(_("In none of the units you look after: %s") % ", ".join(strangers))
        return people


class ExtensionForm(forms.Form):
    """Later dates for a cycle under way; those it has are shown."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, cycle: ReviewCycle, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [name for name in STEP_DATES if not (cycle.is_personal and name in COMMON_DATES)]
        for name in asked:
            self.fields[name] = forms.DateField(
                label=capfirst(words_of(ReviewCycle, name)),
                required=False,
                initial=getattr(cycle, name),
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )
        self.order_fields([*asked, "reason"])


class CloneForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=100, required=False, help_text=_("Leave empty to have the year moved on.")
    )


class ExemptionForm(forms.Form):
    """Somebody who is in no cycle."""

    employee = PersonField(label=_("Person"))
    reason = forms.CharField(label=_("Reason"), max_length=200)
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day. Leave empty until further notice."),
    )

    def __init__(self, *args: Any, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_employee(self) -> Employee:
        employee = self.cleaned_data["employee"]
        if not self.user.has_perm("performance.exempt_from_reviews", employee):
            raise forms.ValidationError(_("This person is in none of the units you look after."))
        return employee


class GuidelineForm(forms.Form):
    """The share of ratings expected at each level: a guide on the calibration board, never a quota."""

    def __init__(self, cycle: ReviewCycle, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shares = dict(cycle.guideline.values_list("value", "percent"))
        for level in cycle.scale.levels.all():
            self.fields[f"level_{level.value}"] = forms.IntegerField(
                label=level.label, min_value=0, max_value=100, required=False, initial=shares.get(level.value)
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            check_guideline(self.guideline())
        except ActionError as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return cleaned

    def guideline(self) -> dict[int, int]:
        """Per cent by value; levels left empty are not in it."""
        return {int(name.removeprefix("level_")): share for name, share in self.cleaned_data.items() if share}


class LateJoinerForm(forms.Form):
    employee = PersonField(label=_("Person"))

    def __init__(self, *args: Any, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_employee(self) -> Employee:
        employee = self.cleaned_data["employee"]
        if not self.user.has_perm("performance.open_review", employee):
            raise forms.ValidationError(_("This person is in none of the units you look after."))
        return employee


def _offered(masters: QuerySet[Any], used: int | None) -> QuerySet[Any]:
    """Those not archived, and the one in use."""
    return masters.filter(Q(archived_at=None) | Q(pk=used))


def _job_families() -> QuerySet[Any]:
    return Job.objects.exclude(family="").order_by("family").values_list("family", flat=True).distinct()


def _layout(fields: dict[str, Any]) -> Layout:
    """The groups of the page, without the fields that were settled at launch."""
    groups: list[tuple[Any, list[tuple[str, ...]]]] = [
        (_("What"), [("name",), ("starts_on", "ends_on"), ("kind",)]),
        (
            _("For whom"),
            [
                ("org_units", "excluded_units"),
                ("job_families",),
                ("hired_until",),
                ("included_people", "excluded_people"),
            ],
        ),
        (_("What is asked"), [("template", "scale"), ("unrated_parts",)]),
        (
            _("When each step is due"),
            [
                ("goals_due_on", "writing_opens_on"),
                ("self_due_on", "manager_due_on"),
                ("approval_due_on", "calibration_due_on"),
                ("share_on",),
            ],
        ),
        (
            _("Each person’s own calendar"),
            [("months_after_hire", "opens_days_before"), ("days_for_self", "days_for_manager")],
        ),
        (
            _("How it runs"),
            [
                ("is_calibrated",),
                ("needs_second_approval",),
                ("shares_on_completion",),
                ("skips_late_self_assessments",),
                ("repeats",),
                ("manager_change_rule",),
            ],
        ),
        (_("Reminders"), [("remind_days_before", "escalate_days_after"), ("acknowledgement_days",)]),
    ]
    return Layout(
        *(
            Fieldset(legend, *(_row(fields, *names) for names in rows if set(names) & set(fields)))
            for legend, rows in groups
            if any(set(names) & set(fields) for names in rows)
        )
    )


def _row(fields: dict[str, Any], *names: str) -> Row:
    width = "col-md-6" if len(names) > 1 else "col-12"
    return Row(*(Column(name, css_class=width) for name in names if name in fields))
