"""What is typed about potential: a round, one assessment, a rater, the questionnaire."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import offer
from hrportal.common.paths import below
from hrportal.people.fields import UnitField
from hrportal.people.models import Employee, Job
from hrportal.people.search import named
from talent.forms.development import DateInput
from talent.models import PotentialAssessment, PotentialForm, PotentialRound
from talent.potential.population import SecondRater
from talent.potential.questionnaire import HIGHEST, LOWEST, SECTIONS, Behaviour, Section

SHOWN = 20
NOT_OBSERVED = "not_observed"
ANSWER, EVIDENCE = "answer_", "evidence_"


class RoundForm(forms.ModelForm):
    """Whom a round is about and until when. What is left empty narrows nothing."""

    unit = UnitField(
        label=_("Unit"), required=False, help_text=_("With all units below. Empty: everybody you look after.")
    )
    families = forms.MultipleChoiceField(label=_("Job families"), required=False)
    levels = forms.MultipleChoiceField(label=_("Levels"), required=False)
    second = forms.ChoiceField(label=_("Second rater"), choices=SecondRater.choices, initial=SecondRater.SKIP_LEVEL)

    class Meta:
        model = PotentialRound
        fields = ["name", "as_of", "due_on"]
        widgets = {"as_of": DateInput(), "due_on": DateInput()}

    field_order = ["name", "as_of", "due_on", "unit", "families", "levels", "second"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        families = Job.objects.exclude(family="").order_by("family").values_list("family", flat=True).distinct()
        levels = Job.objects.exclude(level=None).order_by("level").values_list("level", flat=True).distinct()
        self._choose("families", [(family, family) for family in families])
        self._choose("levels", [(str(level), str(level)) for level in levels])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = choices

    @property
    def scope(self) -> dict[str, Any]:
        """What the population is narrowed by, as a round keeps it."""
        typed = self.cleaned_data
        unit = typed.get("unit")
        return {
            "unit": unit.pk if unit else None,
            "families": typed.get("families", []),
            "levels": [int(level) for level in typed.get("levels", [])],
            "second": typed.get("second", SecondRater.SKIP_LEVEL),
        }


class AssessForm(forms.Form):
    due_on = forms.DateField(label=_("Forms due on"), widget=DateInput())


def raters_for(assessment: PotentialAssessment) -> QuerySet[Employee]:
    """Who can be asked: people who work here, but the person, those who report to them, and raters there are."""
    asked = assessment.forms.exclude(state="withdrawn").values("rater")
    person = assessment.employee
    people = Employee.objects.employed().exclude(Q(pk=person.pk) | below(person.path)).exclude(pk__in=asked)
    return people.select_related("job", "org_unit")


class RaterForm(forms.Form):
    """A person is found by a search; without one, those who work in the same unit are offered."""

    rater = forms.ModelChoiceField(queryset=Employee.objects.none(), widget=forms.RadioSelect, label=_("Rater"))

    def __init__(self, *args: Any, assessment: PotentialAssessment, search: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = raters_for(assessment)
        offer(self, "rater", people)
        if not search:
            people = people.filter(org_unit=assessment.employee.org_unit_id)
        self.found = list(people.filter(named(search))[:SHOWN])


def answer_choices(behaviour: Behaviour) -> list[tuple[str, Any]]:
    """1 to 5, three of them in words, and "not observed"."""
    words = {LOWEST: behaviour.low, 3: behaviour.middle, HIGHEST: behaviour.high}
    numbers: list[tuple[str, Any]] = [(str(n), words.get(n, "")) for n in range(LOWEST, HIGHEST + 1)]
    return [*numbers, (NOT_OBSERVED, _("Not observed"))]


class QuestionnaireForm(forms.Form):
    """A rater's answers. It has no field for performance and shows no rating: these are two questions."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, form: PotentialForm, data: Any = None) -> None:
        super().__init__(data, initial=stored_fields(form))
        for section in SECTIONS:
            for behaviour in section.behaviours:
                self.fields[ANSWER + behaviour.key] = forms.ChoiceField(
                    label=str(behaviour.text),
                    choices=answer_choices(behaviour),
                    widget=forms.RadioSelect,
                    required=False,
                )
            self.fields[EVIDENCE + section.dimension] = forms.CharField(
                label=_("What have you seen?"),
                help_text=_("A situation, what the person did, what came of it. Nothing about ratings or results."),
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=5000,
                required=False,
            )

    @property
    def changes(self) -> dict[str, Any]:
        """What `save_potential_form` takes."""
        typed = self.cleaned_data
        answers = {
            name.removeprefix(ANSWER): None if value == NOT_OBSERVED else int(value)
            for name, value in typed.items()
            if name.startswith(ANSWER) and value
        }
        evidence = {name.removeprefix(EVIDENCE): text for name, text in typed.items() if name.startswith(EVIDENCE)}
        return {"version": typed["version"], "answers": answers, "evidence": evidence}

    def sections(self) -> Iterator[tuple[Section, list[tuple[Behaviour, Any]], Any]]:
        """Each dimension with its questions and its field for evidence."""
        for section in SECTIONS:
            questions = [(behaviour, self[ANSWER + behaviour.key]) for behaviour in section.behaviours]
            yield section, questions, self[EVIDENCE + section.dimension]


def stored_fields(form: PotentialForm) -> dict[str, Any]:
    """What is stored, under the names the page uses."""
    return fields_of(form.answers, form.evidence) | {"version": form.version}


def fields_of(answers: Mapping[str, int | None], evidence: Mapping[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {ANSWER + key: NOT_OBSERVED if n is None else str(n) for key, n in answers.items()}
    return fields | {EVIDENCE + key: text for key, text in evidence.items()}
