"""What is typed about development plans."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import offer
from hrportal.people.models import Competency, Employee
from hrportal.people.models.competencies import HIGHEST, LOWEST
from talent.models import LearningItem, PlanAction, PlanItem
from talent.models.development import MOST_PROGRESS

MOST_WORDS = 5000


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
        fields = ["title", "why", "purpose", "competency", "from_level", "target_level", "owner", "due_on"]
        widgets = {"due_on": DateInput()}
        labels = {"from_level": _("Level now"), "target_level": _("Target level")}
        help_texts = {
            "title": _("A gap to close or something to build, in one sentence."),
            "competency": _("What names one is closed by assessing it again."),
            "from_level": _("From 1 to 5. Left empty, it is the level that was found and shared, if one was."),
            "target_level": _("From 1 to 5, where the competency should be."),
        }

    def __init__(self, *args: Any, employee: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "competency", Competency.objects.filter(is_active=True))
        offer(self, "owner", owners_for(employee)).empty_label = _("Nobody yet")


class ItemCloseForm(forms.Form):
    """What names a competency asks for a level, of whoever may assess it; anything else for evidence."""

    is_done = forms.TypedChoiceField(
        label=_("How did it end?"),
        choices=[("yes", _("Done")), ("no", _("Given up: nobody pursues it any longer"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    level = forms.TypedChoiceField(
        label=_("Level now"),
        required=False,
        empty_value=None,
        coerce=int,
        choices=[("", _("As found since the item was written")), *((n, n) for n in range(LOWEST, HIGHEST + 1))],
        help_text=_("What the person has now. Below the target it is recorded, and the item stays open."),
    )
    evidence = forms.CharField(
        label=_("What shows it"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you saw, or a link to it."),
    )
    reason = forms.CharField(
        label=_("If it is given up: why"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, item: PlanItem, may_assess: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if item.competency_id is None or not may_assess:
            del self.fields["level"]


class CheckInForm(forms.Form):
    note = forms.CharField(
        label=_("How does it stand?"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Read by all who see the plan, and there when you two talk one to one."),
    )
    progress = forms.IntegerField(label=_("How far, in percent"), required=False, min_value=0, max_value=MOST_PROGRESS)
    on = forms.DateField(label=_("Day"), required=False, widget=DateInput(), help_text=_("Today, if left empty."))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("note") and typed.get("progress") is None and not self.errors:
            raise forms.ValidationError(_("Write a note, or say how far it is."))
        return typed


class ActionForm(forms.ModelForm):
    class Meta:
        model = PlanAction
        fields = ["kind", "title", "owner", "due_on", "learning_item"]
        widgets = {"due_on": DateInput()}

    def __init__(self, *args: Any, employee: Employee, item: PlanItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", owners_for(employee)).empty_label = _("Nobody yet")
        catalogue = LearningItem.objects.active()
        if item.competency_id:
            catalogue = catalogue.filter(competency=item.competency_id)
        offer(self, "learning_item", catalogue).empty_label = _("Nothing from the catalogue")
        self.fields["learning_item"].help_text = _("Enrol for it afterwards; completing it completes this action.")


class ActionEditForm(ActionForm):
    class Meta(ActionForm.Meta):
        fields = ["kind", "title", "owner", "due_on", "progress", "learning_item"]
        labels = {"progress": _("How far, in percent")}


class ActionCompleteForm(forms.Form):
    evidence = forms.CharField(
        label=_("Evidence"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What shows that it was done, and what came of it."),
    )
    evidence_url = forms.URLField(label=_("Link to it"), required=False, max_length=500, assume_scheme="https")
