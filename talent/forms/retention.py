"""What is typed about retention."""

from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import VersionedForm, offer, stored_word
from hrportal.people.fields import UnitField
from hrportal.people.models import Employee, LegalEntity, OrgUnit
from hrportal.people.viewer import Principal
from talent.enums import Driver, RetentionKind, RetentionOutcome, RiskLevel
from talent.forms.development import DateInput
from talent.models import RetentionPlan, StayInterview, StayInterviewTemplate
from talent.retention.readers import helpers_of, readers_of

LONGEST = 5000


def text(label: Any, *, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **options)


def several(label: Any, choices: Any, **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **options)


def one_of(label: Any, choices: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **options)


def person(label: Any, **options: Any) -> Any:
    return forms.ModelChoiceField(label=label, queryset=Employee.objects.none(), **options)


class FlightRiskForm(forms.Form):
    """`computed`: what counts was computed; whoever sees it differently says why."""

    likelihood = one_of(
        _("How likely do they leave within a year?"),
        RiskLevel.choices,
        help_text=_("Judge by what you have seen or heard, not by age, family, health or leave."),
    )
    impact = one_of(
        _("What would the loss cost?"),
        RiskLevel.choices,
        help_text=_("Think of work that would stop, knowledge that would go, and how long a successor needs."),
    )
    drivers = several(_("What might make them go?"), Driver.choices, required=False)
    note = text(
        _("What it rests on"), required=False, help_text=_("What was seen or said, and when. Facts, no guesses.")
    )
    override_reason = text(
        _("Why otherwise than computed"), rows=2, required=False, help_text=_("Only if you judge differently.")
    )

    def __init__(self, *args: Any, computed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not computed:
            del self.fields["override_reason"]


class OptOutForm(forms.Form):
    org_unit = UnitField(label=_("Unit"), required=False, help_text=_("With everything below it."))
    legal_entity = forms.ModelChoiceField(
        label=_("Or a legal entity"), queryset=LegalEntity.objects.all(), required=False, empty_label=_("None")
    )
    reason = text(_("Why"), help_text=_("A law, an agreement with the works council, or your own decision."))


class RetentionPlanForm(forms.Form):
    kinds = several(_("What is it about?"), RetentionKind.choices)
    aim = text(_("What shall be reached?"), help_text=_("What would have to be true for this person to want to stay?"))
    owner = person(_("Owner"), help_text=_("Somebody who may read retention data about this person."))
    due_on = forms.DateField(label=_("Due"), required=False, widget=DateInput())

    def __init__(self, *args: Any, employee: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", readers_of(employee))


class RetentionPlanEditForm(RetentionPlanForm, VersionedForm):
    def __init__(self, *args: Any, instance: RetentionPlan, **kwargs: Any) -> None:
        self.instance = instance
        said = model_to_dict(instance, fields=["kinds", "aim", "owner", "due_on"])
        super().__init__(*args, employee=instance.employee, initial=said, **kwargs)

    def stored_words(self, row: RetentionPlan) -> list[dict[str, Any]]:
        kinds = {"label": self.fields["kinds"].label, "text": ", ".join(row.kind_words)}
        return [kinds, *(stored_word(self, row, name) for name in ("aim", "owner", "due_on"))]


class RetentionActionForm(forms.Form):
    title = forms.CharField(
        label=_("Action"),
        max_length=300,
        help_text=_(
            "Its owner reads this line and the day, and nothing else of the plan unless they may. Write it so."
        ),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=RetentionKind.choices)
    owner = person(_("Who does it"))
    due_on = forms.DateField(label=_("Until"), widget=DateInput())

    def __init__(self, *args: Any, employee: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", helpers_of(employee))


class ActionDoneForm(forms.Form):
    note = text(_("What came of it"), rows=3, required=False)


class PlanCloseForm(forms.Form):
    outcome = one_of(_("How did it end?"), RetentionOutcome.choices)
    note = text(_("What came of it"), help_text=_("What helped, what did not? The next plan begins here."))


class StayTemplateForm(forms.ModelForm):
    questions = text(_("Questions"), rows=8, help_text=_("One on each line."))

    class Meta:
        model = StayInterviewTemplate
        fields = ["name", "is_active"]

    field_order = ["name", "questions", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["questions"] = "\n".join(self.instance.questions)

    def clean_questions(self) -> list[str]:
        return self.cleaned_data["questions"].splitlines()


class StayPlanForm(forms.Form):
    interviewer = person(_("Who holds the talk"))
    template = forms.ModelChoiceField(
        label=_("Questions"), queryset=StayInterviewTemplate.objects.none(), empty_label=None
    )
    planned_on = forms.DateField(label=_("Until"), widget=DateInput())

    def __init__(self, *args: Any, employee: Employee, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "interviewer", helpers_of(employee))
        offer(self, "template", StayInterviewTemplate.objects.visible_to(user).active())


class StayWriteForm(forms.Form):
    """A text for each question and one for the rest, on top of the version it was read in."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, interview: StayInterview, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"version": interview.revision, **self.stored(interview)})
        super().__init__(*args, **kwargs)
        self.names = [f"answer_{place}" for place in range(len(interview.questions))]
        for name, question in zip(self.names, interview.questions, strict=True):
            self.fields[name] = self._area(question)
        self.fields["notes"] = self._area(_("Anything else"))

    @staticmethod
    def stored(interview: StayInterview) -> dict[str, str]:
        """What is stored, as the form names it."""
        answers = {f"answer_{place}": answer for place, (_asked, answer) in enumerate(interview.said)}
        return {**answers, "notes": interview.notes}

    def given(self) -> dict[str, Any]:
        """In the shape the action takes; what was not sent keeps what is stored."""
        sent = [self.cleaned_data[name] if name in self.data else self.initial.get(name, "") for name in self.names]
        notes = self.cleaned_data["notes"] if "notes" in self.data else None
        return {"version": self.cleaned_data["version"], "answers": sent, "notes": notes}

    @staticmethod
    def _area(label: Any) -> forms.CharField:
        area = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(label=label, required=False, strip=False, max_length=20_000, widget=area)


class StayHoldForm(forms.Form):
    themes = several(_("What came up?"), Driver.choices)


class ExitReviewForm(forms.Form):
    is_regretted = forms.TypedChoiceField(
        label=_("Would we have liked to keep this person?"),
        choices=[("yes", _("Yes, the loss is regretted")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    themes = several(_("Why did they go?"), Driver.choices, required=False)
    note = text(_("What we learn from it"))


class AnalysisForm(forms.Form):
    unit = UnitField(label=_("Unit"), required=False)

    @property
    def chosen_unit(self) -> OrgUnit | None:
        """The unit that was named; None for everywhere, and for what is no unit."""
        return self.cleaned_data.get("unit") if self.is_valid() else None
