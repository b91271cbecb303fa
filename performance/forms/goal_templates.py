"""Goal periods, templates and their assignment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import offer
from hrportal.people.fields import UnitField
from hrportal.people.models import Competency, Job
from hrportal.people.viewer import Principal
from performance.forms.goals import GoalField, date_input
from performance.models import GoalAssignment, GoalPeriod, GoalTemplate


class GoalPeriodForm(forms.ModelForm):
    class Meta:
        model = GoalPeriod
        fields = ["name", "starts_on", "ends_on"]
        widgets = {"starts_on": date_input(), "ends_on": date_input()}


class CloseGoalPeriodForm(forms.Form):
    """What becomes of goals that are not finished."""

    carry_to = forms.ModelChoiceField(
        label=_("Carry unfinished goals over into"),
        queryset=GoalPeriod.objects.none(),
        required=False,
        empty_label=_("Do not carry over: they end as they stand"),
    )

    def __init__(self, *args: Any, period: GoalPeriod, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "carry_to", GoalPeriod.objects.open().exclude(pk=period.pk))


class GoalTemplateForm(forms.ModelForm):
    class Meta:
        model = GoalTemplate
        fields = ["title", "description", "kind", "competency", "weight"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "competency", Competency.objects.filter(is_active=True)).empty_label = _("None")


class GoalAssignForm(forms.ModelForm):
    """Who gets the goal: a unit, a job, a family, or all of them together; with nothing named, everyone."""

    org_unit = UnitField(label=_("Unit"), required=False, help_text=_("And all units below it."))
    job_family = forms.ChoiceField(label=_("Job family"), required=False)
    parent = GoalField(label=_("Contributes to"), required=False)

    class Meta:
        model = GoalAssignment
        fields = ["org_unit", "job", "job_family", "parent", "period", "starts_on", "due_on"]
        widgets = {"starts_on": date_input(), "due_on": date_input()}

    def __init__(self, *args: Any, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        families = Job.objects.exclude(family="").order_by("family").values_list("family", flat=True).distinct()
        self.fields["job_family"].choices = [("", _("Any")), *((name, name) for name in families)]  # type: ignore[attr-defined]
        self.fields["parent"].user = user  # type: ignore[attr-defined]
        offer(self, "job", Job.objects.all()).empty_label = _("Any")
        offer(self, "period", GoalPeriod.objects.open()).empty_label = _("No period")
