"""What is typed about development plans."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import offer
from hrportal.people.models import Competency, Employee
from talent.models import PlanAction, PlanItem


def owners_for(employee: Employee) -> Any:
    """Who could own a piece of somebody's plan: they themselves and those above them."""
    return Employee.objects.employed().filter(pk__in=[employee.pk, *employee.manager_ids])


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ItemForm(forms.ModelForm):
    class Meta:
        model = PlanItem
        fields = ["title", "why", "competency", "target_level", "owner", "due_on"]
        widgets = {"due_on": DateInput()}
        help_texts = {
            "title": _("A gap to close or something to build, in one sentence."),
            "target_level": _("From 1 to 5, where the competency should be."),
        }

    def __init__(self, *args: Any, employee: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "competency", Competency.objects.filter(is_active=True))
        offer(self, "owner", owners_for(employee)).empty_label = _("Nobody yet")


class ItemCloseForm(forms.Form):
    is_done = forms.TypedChoiceField(
        label=_("How did it end?"),
        choices=[("yes", _("Done: the gap is closed")), ("no", _("Given up: nobody pursues it any longer"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class ActionForm(forms.ModelForm):
    class Meta:
        model = PlanAction
        fields = ["kind", "title", "owner", "due_on"]
        widgets = {"due_on": DateInput()}

    def __init__(self, *args: Any, employee: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", owners_for(employee)).empty_label = _("Nobody yet")


class ActionCompleteForm(forms.Form):
    evidence = forms.CharField(
        label=_("Evidence"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What shows that it was done, and what came of it."),
    )
