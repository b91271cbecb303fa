"""Forms of a cycle: its dates and population, its guideline, one more person."""

from itertools import pairwise
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.common.actions import ActionError
from hrportal.common.forms import offer
from hrportal.common.paths import any_of, at_or_below
from hrportal.people.enums import Role, UnitKind
from hrportal.people.models import Employee, OrgUnit
from performance.actions import check_guideline
from performance.enums import CycleState
from performance.forms.people import PersonField
from performance.models import RatingScale, ReviewCycle, ReviewTemplate
from performance.units import UnitsField

DATES = ("self_due_on", "manager_due_on", "calibration_due_on", "share_on")


class CycleForm(forms.ModelForm):
    """A cycle. Once launched, only what may still change is asked; a partner names units of their own."""

    org_units = UnitsField(
        label=_("Units"),
        queryset=OrgUnit.objects.none(),
        help_text=_("Leave empty for everyone."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )

    class Meta:
        model = ReviewCycle
        fields = [
            "name",
            "starts_on",
            "ends_on",
            "org_units",
            "hired_until",
            "template",
            "scale",
            "is_calibrated",
            "needs_second_approval",
            "shares_on_completion",
            *DATES,
        ]
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("starts_on", "ends_on", "hired_until", *DATES)
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "org_units", units_of(user.viewer)).required = not user.viewer.has(Role.HR_LEADER)
        offer(self, "template", ReviewTemplate.objects.visible_to(user))
        offer(self, "scale", RatingScale.objects.visible_to(user))
        if self.instance.pk and self.instance.state != CycleState.DRAFT:
            for name in set(self.fields) - {"name", "shares_on_completion", *DATES}:
                del self.fields[name]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = _layout(self.fields)

    def clean(self) -> dict[str, Any]:
        """Steps follow one another."""
        cleaned = super().clean() or {}
        days = [(name, cleaned[name]) for name in DATES if cleaned.get(name)]
        for (_earlier, day), (later, next_day) in pairwise(days):
            if next_day < day:
                self.add_error(later, _("This step cannot be due before the one before it."))
        return cleaned


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

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_employee(self) -> Employee:
        employee = self.cleaned_data["employee"]
        if not self.user.has_perm("performance.open_review", employee):
            raise forms.ValidationError(_("This person is in none of the units you look after."))
        return employee


def units_of(viewer: Any) -> Any:
    """The units whose people this HR person may put into a cycle."""
    units = OrgUnit.objects.filter(is_active=True).order_by("path")
    if viewer.has(Role.HR_LEADER):
        return units.exclude(kind=UnitKind.TEAM)
    return units.filter(any_of(at_or_below(path) for path in viewer.partner_units))


def _layout(fields: dict[str, Any]) -> Layout:
    """The groups of the page, without the fields that were settled at launch."""
    groups: list[tuple[Any, list[tuple[str, ...]]]] = [
        (_("What and for whom"), [("name",), ("starts_on", "ends_on"), ("org_units",), ("hired_until",)]),
        (_("What is asked"), [("template", "scale")]),
        (_("How it runs"), [("is_calibrated",), ("needs_second_approval",), ("shares_on_completion",)]),
        (_("When each step is due"), [("self_due_on", "manager_due_on"), ("calibration_due_on", "share_on")]),
    ]
    return Layout(
        *(
            Fieldset(legend, *(_row(fields, *names) for names in rows if names[0] in fields))
            for legend, rows in groups
            if any(names[0] in fields for names in rows)
        )
    )


def _row(fields: dict[str, Any], *names: str) -> Row:
    width = "col-md-6" if len(names) > 1 else "col-12"
    return Row(*(Column(name, css_class=width) for name in names if name in fields))
