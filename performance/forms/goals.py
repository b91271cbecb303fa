"""Setting and measuring goals."""

import re
from typing import Any

from django import forms
from django.forms import formset_factory
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import offer
from hrportal.people.fields import UnitField
from hrportal.people.models import Competency
from hrportal.people.viewer import Principal
from performance.enums import REACHED_OR_NOT, GoalState
from performance.forms.people import PersonField
from performance.goals.smart import GoalDraft, ResultDraft
from performance.models import CheckIn, GoalPeriod, KeyResult, Objective

GOALS_FOUND = "goals-found"
NUMBER_AT_THE_END = re.compile(r"#(\d{1,12})\s*$")
DATE = {"type": "date"}


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs=DATE, format="%Y-%m-%d")


class GoalInput(forms.TextInput):
    """A text field that fills the page's `<datalist id="goals-found">` while somebody types."""

    def __init__(self) -> None:
        super().__init__(
            attrs={
                "list": GOALS_FOUND,
                "autocomplete": "off",
                "hx-get": reverse_lazy("performance:goal_options"),
                "hx-trigger": "input changed delay:300ms",
                "hx-target": f"#{GOALS_FOUND}",
                "hx-params": "*",
            }
        )


class GoalField(forms.CharField):
    """A goal the writer may see, chosen from suggestions; set `user` before use."""

    widget = GoalInput
    user: Principal
    default_error_messages = {"unknown": _("There is no such goal; choose one of the suggestions.")}

    def prepare_value(self, value: Any) -> Any:
        goal = self._found(value) if isinstance(value, int) else value
        return words_for_goal(goal) if isinstance(goal, Objective) else value

    def clean(self, value: Any) -> Objective | None:
        typed = super().clean(value)
        if not typed:
            return None
        number = NUMBER_AT_THE_END.search(typed)
        goal = self._found(int(number[1])) if number else self._by_title(typed)
        if goal is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return goal

    def _found(self, pk: int) -> Objective | None:
        return Objective.objects.visible_to(self.user).filter(pk=pk).first()

    def _by_title(self, typed: str) -> Objective | None:
        titled = Objective.objects.visible_to(self.user).changeable().filter(title__iexact=typed)[:2]
        return titled[0] if len(titled) == 1 else None


def words_for_goal(goal: Objective) -> str:
    """A goal as it is typed and suggested: titles may occur twice, numbers do not."""
    return f"{goal.title} #{goal.pk}"


class ObjectiveForm(forms.ModelForm):
    """A goal. Whose it is is named by number or e-mail; empty means the writer's own."""

    person = PersonField(label=_("Owner"), required=False)
    org_unit = UnitField(label=_("Unit"), required=False)
    parent = GoalField(
        label=_("Contributes to"),
        required=False,
        help_text=_("Type words of a goal of the team, the unit or the company and choose."),
    )

    class Meta:
        model = Objective
        fields = [
            "title",
            "description",
            "level",
            "kind",
            "competency",
            "org_unit",
            "parent",
            "period",
            "progress_from",
            "weight",
            "starts_on",
            "due_on",
        ]
        widgets = {"description": forms.Textarea(attrs={"rows": 3}), "starts_on": date_input(), "due_on": date_input()}
        help_texts = {
            "weight": _("How much it counts in the goal it contributes to. 0: it is shown, but does not count."),
            "progress_from": _("Everyone reads the progress of a company, unit or team goal, with what went into it."),
            "competency": _("For a development goal: what it lets somebody grow in."),
        }

    def __init__(self, *args: Any, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.order_fields(["title", "description", "level", "kind", "competency", "person", "org_unit", "parent"])
        self.fields["parent"].user = user  # type: ignore[attr-defined]
        self.fields["progress_from"].required = False
        offer(self, "period", GoalPeriod.objects.open()).empty_label = _("No period")
        offer(self, "competency", Competency.objects.filter(is_active=True)).empty_label = _("None")
        if self.instance.owner_id:
            self.fields["person"].initial = self.instance.owner.employee_number

    def clean(self) -> dict[str, Any]:
        """Whose goal it is, before the database's own rules look at it."""
        cleaned = super().clean() or {}
        person = cleaned.pop("person", None)
        cleaned["owner_id"] = person.pk if person else self.instance.owner_id or self.user.viewer.employee_id
        self.instance.owner_id = cleaned["owner_id"]
        cleaned["progress_from"] = cleaned.get("progress_from") or self.instance.progress_from
        return cleaned


class MeasureForm(forms.ModelForm):
    """What measures a goal; of what is reached or not, neither start nor target is asked."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = KeyResult
        fields = ["title", "measure", "unit", "baseline", "target", "stretch", "frequency", "weight"]
        help_texts = {
            "stretch": _("Beyond the target, if you dare."),
            "weight": _("0: it is shown, but does not count."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["frequency"].choices = [("", _("When there is news")), *self.fields["frequency"].choices[1:]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("measure") in REACHED_OR_NOT:
            cleaned |= {"baseline": 0, "target": 1, "stretch": None}
        return cleaned


class KeyResultForm(MeasureForm):
    class Meta(MeasureForm.Meta):
        fields = [*MeasureForm.Meta.fields, "due_on"]
        widgets = {"due_on": date_input()}


KeyResultFormSet = formset_factory(KeyResultForm, extra=2, can_delete=True, max_num=15)
KEY_RESULT_FIELDS = tuple(KeyResultForm.Meta.fields)
TemplateResultFormSet = formset_factory(MeasureForm, extra=2, can_delete=True, max_num=15)
TEMPLATE_RESULT_FIELDS = tuple(MeasureForm.Meta.fields)


def key_result_rows(formset: Any, fields: tuple[str, ...] = KEY_RESULT_FIELDS) -> list[dict[str, Any]]:
    """The lines filled in, those to be dropped marked."""
    rows = []
    for form in formset.forms:
        data = form.cleaned_data
        is_removed, pk = data.get("DELETE", False), data.get("id")
        if (form.has_changed() or pk) and not (is_removed and not pk) and data.get("title"):
            row = {name: data[name] for name in fields}
            rows.append({**row, "id": pk, "is_removed": is_removed} if pk else row)
    return rows


def draft_in(form: ObjectiveForm, results: Any) -> GoalDraft:
    """What is written so far in the forms, valid or not."""
    form.is_valid(), results.is_valid()
    data = form.cleaned_data
    lines = [line.cleaned_data for line in results.forms if getattr(line, "cleaned_data", {}).get("title")]
    return GoalDraft(
        title=data.get("title") or form.data.get("title") or "",
        level=data.get("level", ""),
        has_owner=bool(data.get("owner_id")),
        contributes=bool(data.get("parent")),
        starts_on=data.get("starts_on"),
        due_on=data.get("due_on"),
        results=[
            ResultDraft(row["title"], row.get("measure", ""), row.get("baseline"), row.get("target"), row.get("due_on"))
            for row in lines
        ],
    )


def draft_of(goal: Objective) -> GoalDraft:
    """A goal that is stored, as a draft to look at."""
    return GoalDraft(
        title=goal.title,
        level=goal.level,
        has_owner=goal.owner_id is not None,
        contributes=goal.parent_id is not None,
        starts_on=goal.starts_on,
        due_on=goal.due_on,
        results=[ResultDraft(r.title, r.measure, r.baseline, r.target, r.due_on) for r in goal.key_results.all()],
    )


class CheckInForm(forms.ModelForm):
    """One measurement; yes-or-no results are asked as such."""

    class Meta:
        model = CheckIn
        fields = ["value", "confidence", "measured_on", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2}), "measured_on": date_input()}

    def __init__(self, *args: Any, key_result: KeyResult, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": f"result-{key_result.pk}"})
        self.fields["measured_on"].required = False
        self.fields["measured_on"].initial = timezone.localdate
        if key_result.measure in REACHED_OR_NOT:
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


class CarryOverForm(forms.Form):
    """Where an unfinished goal goes on."""

    period = forms.ModelChoiceField(label=_("Into which period?"), queryset=GoalPeriod.objects.none())

    def __init__(self, *args: Any, goal: Objective, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "period", GoalPeriod.objects.open().exclude(pk=goal.period_id or 0))
