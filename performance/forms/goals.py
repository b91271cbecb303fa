"""Setting and measuring goals."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import offer
from performance.enums import GoalState, Measure
from performance.forms.people import PersonField
from performance.models import CheckIn, KeyResult, Objective


class ObjectiveForm(forms.ModelForm):
    """A goal. Whose it is is named by number or e-mail; empty means the writer's own."""

    person = PersonField(label=_("Owner"), required=False)

    class Meta:
        model = Objective
        fields = ["title", "description", "level", "kind", "org_unit", "parent", "weight", "starts_on", "due_on"]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.order_fields(["title", "description", "level", "kind", "person", "org_unit", "parent"])
        parents = Objective.objects.visible_to(user).active().exclude(pk=self.instance.pk)
        offer(self, "parent", parents.exclude(level="individual").order_by("level", "title"))
        self.fields["parent"].label = _("Contributes to")
        self.fields["org_unit"].label = _("Unit")
        if self.instance.owner_id:
            self.fields["person"].initial = self.instance.owner.employee_number

    def clean(self) -> dict[str, Any]:
        """Whose goal it is, before the database's own rules look at it."""
        cleaned = super().clean() or {}
        person = cleaned.pop("person", None)
        cleaned["owner_id"] = person.pk if person else self.instance.owner_id or self.user.viewer.employee_id
        self.instance.owner_id = cleaned["owner_id"]
        return cleaned


class KeyResultForm(forms.ModelForm):
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = KeyResult
        fields = ["title", "measure", "unit", "baseline", "target", "weight", "due_on"]
        widgets = {"due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


KeyResultFormSet = formset_factory(KeyResultForm, extra=2, can_delete=True, max_num=15)
KEY_RESULT_FIELDS = ("title", "measure", "unit", "baseline", "target", "weight", "due_on")


def key_result_rows(formset: Any) -> list[dict[str, Any]]:
    """The lines filled in, those to be dropped marked."""
    rows = []
    for form in formset.forms:
        data = form.cleaned_data
        is_removed, pk = data.get("DELETE", False), data.get("id")
        if (form.has_changed() or pk) and not (is_removed and not pk) and data.get("title"):
            row = {name: data[name] for name in KEY_RESULT_FIELDS}
            rows.append({**row, "id": pk, "is_removed": is_removed} if pk else row)
    return rows


class CheckInForm(forms.ModelForm):
    """One measurement; yes-or-no results are asked as such."""

    class Meta:
        model = CheckIn
        fields = ["value", "confidence", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, key_result: KeyResult, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": f"result-{key_result.pk}"})
        if key_result.measure in {Measure.YES_NO, Measure.MILESTONE}:
            self.fields["value"] = forms.TypedChoiceField(
                label=_("Reached"), choices=[("0", _("Not yet")), ("1", _("Yes"))], coerce=int
            )
        elif key_result.unit:
            self.fields["value"].label = _("Value (%s)") % key_result.unit


class CloseObjectiveForm(forms.Form):
    state = forms.ChoiceField(
        label=_("How does it end?"),
        choices=[
            (GoalState.CLOSED, _("It is over; its results count")),
            (GoalState.CANCELLED, _("It is no longer wanted; its results do not count")),
        ],
        widget=forms.RadioSelect,
        initial=GoalState.CLOSED,
    )
