"""360 rounds: opening one, naming who is asked, designing what is asked, answering."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import offer
from hrportal.people.models import Competency
from hrportal.people.viewer import Principal
from performance.actions.answers import LONGEST_TEXT
from performance.enums import HowOften, RaterGroup, RoundQuestionKind
from performance.forms.people import PersonField
from performance.models import AnswerSheet, FeedbackRound, RoundQuestion, RoundTemplate

PEOPLE_AT_ONCE = 4
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RoundForm(forms.ModelForm):
    """A new round. About whom is named by number or e-mail; empty means about oneself."""

    person = PersonField(label=_("About whom"), required=False)

    class Meta:
        model = FeedbackRound
        fields = ["template", "due_on", "min_raters"]
        widgets = {"due_on": DAY}

    def __init__(self, *args: Any, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.order_fields(["person", "template", "due_on", "min_raters"])
        offer(self, "template", RoundTemplate.objects.visible_to(user).offered()).label = _("Questions")
        if user.viewer.employee_id:
            self.fields["person"].help_text = _("Leave empty to ask for a round about yourself.")
        else:
            self.fields["person"].required = True
        if not user.viewer.is_hr:
            del self.fields["min_raters"]

    def _post_clean(self) -> None:
        """The action checks the row, when it is whole."""


class RoundEditForm(forms.ModelForm):
    class Meta:
        model = FeedbackRound
        fields = ["due_on", "min_raters"]
        widgets = {"due_on": DAY}

    def __init__(self, *args: Any, may_set_min_raters: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_set_min_raters:
            del self.fields["min_raters"]


class NominateForm(forms.Form):
    """Up to some colleagues of one group at once."""

    group = forms.ChoiceField(
        label=_("What they are to the person"),
        choices=[(str(group), group.label) for group in (RaterGroup.PEER, RaterGroup.REPORT, RaterGroup.SKIP_LEVEL)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(PEOPLE_AT_ONCE):
            field = PersonField(label=_("Colleague"), required=number == 0)
            field.help_text = field.help_text if number == 0 else ""
            self.fields[f"person_{number}"] = field

    def people(self) -> list[Any]:
        """Those named, each once."""
        named = (self.cleaned_data.get(f"person_{number}") for number in range(PEOPLE_AT_ONCE))
        return list(dict.fromkeys(person for person in named if person))


class ExternalRaterForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    email = forms.EmailField(label=_("E-mail"), help_text=_("The link to answer is sent there."))


class RoundTemplateForm(forms.ModelForm):
    class Meta:
        model = RoundTemplate
        fields = ["name", "introduction"]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 3})}


class RoundQuestionForm(forms.ModelForm):
    class Meta:
        model = RoundQuestion
        fields = ["text", "kind", "competency"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "competency", Competency.objects.filter(is_active=True)).required = False


RoundQuestionFormSet = formset_factory(RoundQuestionForm, extra=4, can_delete=True, max_num=40)


@dataclass(frozen=True)
class Item:
    """One question with the field that answers it."""

    question: RoundQuestion
    field: Any
    choices: list[dict[str, Any]]


class AnswerForm(forms.Form):
    """Everything a round asks of one rater. `answers()` names only what was posted, so a partial form erases nothing."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, sheet: AnswerSheet, *args: Any, **kwargs: Any) -> None:
        self.sheet = sheet
        self.questions = list(sheet.rater.round.template.questions.all())
        super().__init__(*args, **kwargs)
        for question in self.questions:
            self.fields[name_of(question)] = _field_for(question)
        if not self.is_bound:
            self.initial = {"version": sheet.version, **stored_answers(sheet)}

    def answers(self) -> dict[int, dict[str, Any]]:
        """What was posted, in the shape `save_answers` takes."""
        posted = ((question, name_of(question)) for question in self.questions)
        return {
            question.pk: {question_field(question): self.cleaned_data[name]}
            for question, name in posted
            if name in self.data
        }

    def items(self) -> Iterator[Item]:
        """The questions in order, with their fields."""
        for question in self.questions:
            field = self[name_of(question)]
            yield Item(question, field, _choices(field.value()) if question_field(question) == "rating" else [])


def name_of(question: RoundQuestion) -> str:
    return f"{question_field(question)}_{question.pk}"


def question_field(question: RoundQuestion) -> str:
    return "rating" if question.kind == RoundQuestionKind.RATING else "text"


def stored_answers(sheet: AnswerSheet) -> dict[str, Any]:
    """What is stored, by the names of the form's fields."""
    answers = {answer.question_id: answer for answer in sheet.answers.all()}
    return {
        name_of(question): getattr(answers[question.pk], question_field(question))
        for question in sheet.rater.round.template.questions.all()
        if question.pk in answers
    }


def _field_for(question: RoundQuestion) -> forms.Field:
    if question_field(question) == "rating":
        return forms.TypedChoiceField(
            label=question.text,
            required=False,
            choices=[("", _("I cannot judge")), *HowOften.choices],
            coerce=int,
            empty_value=None,
        )
    return forms.CharField(
        label=question.text,
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
    )


def _choices(chosen: Any) -> list[dict[str, Any]]:
    levels: list[tuple[Any, Any]] = [*HowOften.choices, ("", _("I cannot judge"))]
    now = "" if chosen is None else str(chosen)
    return [{"value": value, "label": label, "is_chosen": str(value) == now} for value, label in levels]
