"""The form of one side's half of a review: its fields follow the cycle's template."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Competency, RoleProfileEntry
from performance.enums import QuestionKind, SectionKind, SeenBy, Side
from performance.models import DevelopmentNeed, ReviewPart, TemplateQuestion, TemplateSection
from performance.reviews.question_answers import choices_of

SPARE_LINES = 2
MOST_NEEDS = 20
NEED_LENGTH = DevelopmentNeed._meta.get_field("description").max_length
# Who will read an answer, in the words of whoever gives it.
TAGS = {
    Side.MANAGER: {
        SeenBy.EMPLOYEE: _("The employee will read this"),
        SeenBy.MANAGER: _("Never shown to the employee"),
        SeenBy.HR: _("HR only"),
    },
    Side.SELF: {
        SeenBy.EMPLOYEE: _("Your managers and HR will read this"),
        SeenBy.MANAGER: _("Your managers and HR will read this"),
        SeenBy.HR: _("HR only"),
    },
}


@dataclass
class Item:
    """One thing asked: a heading with its help, and the fields that answer it."""

    title: str
    help_text: str = ""
    is_required: bool = False
    fields: list[Any] = field(default_factory=list)
    choices: list[dict[str, Any]] = field(default_factory=list)
    seen_by: str = ""
    tag: Any = ""
    expected: int | None = None


@dataclass
class Section:
    """A section of the template with what it asks of this side."""

    kind: str
    title: str
    help_text: str
    anchor: str
    items: list[Item] = field(default_factory=list)


class PartForm(forms.Form):
    """Everything the template asks of one side. `changes()` names only what was posted, so a partial form erases nothing."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, part: ReviewPart, *args: Any, lines: int | None = None, **kwargs: Any) -> None:
        self.part = part
        self.template_sections = list(sections_of(part))
        self.levels = list(part.review.cycle.scale.levels.all())
        self.expected = expected_levels(part)
        self.needs = list(part.development_needs.all()) if part.side == Side.MANAGER else []
        self.lines = lines or min(MOST_NEEDS, len(self.needs) + SPARE_LINES)
        super().__init__(*args, **kwargs)
        for name, made in self._wanted_fields():
            self.fields[name] = made
        if not self.is_bound:
            self.initial = {"version": part.version, **stored_fields(part)}

    def _wanted_fields(self) -> Iterator[tuple[str, forms.Field]]:
        for section in self.template_sections:
            if section.kind == SectionKind.QUESTIONS:
                for question in questions_for(section, self.part.side):
                    yield from _question_fields(question)
            if section.kind == SectionKind.COMPETENCIES:
                for entry in section.competencies.all():
                    yield f"competency_{entry.competency_id}_level", _number(_("Level"))
                    yield f"competency_{entry.competency_id}_comment", _text(_("Comment"), rows=2)
            if section.kind == SectionKind.OVERALL:
                yield "overall_rating", _number(_("Overall rating"))
                if self.part.side == Side.MANAGER:
                    yield "override_reason", _text(_("Why the rating differs from the computed one"), rows=3)
            if section.kind == SectionKind.DEVELOPMENT and self.part.side == Side.MANAGER:
                yield from self._need_fields()

    def _need_fields(self) -> Iterator[tuple[str, forms.Field]]:
        posted = {name for name in self.data if name.startswith("need_")} if self.is_bound else set()
        lines = max(self.lines, len([name for name in posted if name.endswith("_description")]))
        competencies: list[tuple[Any, Any]] = [("", _("No competency"))]
        competencies += [(c.pk, c.name) for c in Competency.objects.filter(is_active=True)]
        for line in range(min(lines, MOST_NEEDS)):
            yield f"need_{line}_description", _words()
            yield f"need_{line}_competency", _choice(competencies)

    def sections(self) -> list[Section]:
        """The sections as the page shows them, fields bound."""
        return [self._section(section) for section in self.template_sections]

    def _section(self, section: TemplateSection) -> Section:
        shown = Section(section.kind, section.title, section.help_text, f"section-{section.pk}")
        if section.kind == SectionKind.QUESTIONS:
            shown.items = [self._question(question) for question in questions_for(section, self.part.side)]
        if section.kind == SectionKind.COMPETENCIES:
            shown.items = [self._competency(entry.competency) for entry in section.competencies.all()]
        if section.kind == SectionKind.OVERALL:
            shown.items = [
                Item(
                    section.title,
                    is_required=self.part.side == Side.MANAGER,
                    fields=[self[name] for name in ("overall_rating", "override_reason") if name in self.fields],
                    choices=self._choices(
                        "overall_rating", [(level.pk, level.label, level.description) for level in self.levels]
                    ),
                )
            ]
        if section.kind == SectionKind.DEVELOPMENT and self.part.side == Side.MANAGER:
            lines = range(sum(name.endswith("_description") for name in self.fields))
            shown.items = [
                Item("", fields=[self[f"need_{line}_description"], self[f"need_{line}_competency"]]) for line in lines
            ]
        return shown

    def _question(self, question: TemplateQuestion) -> Item:
        item = Item(
            question.text,
            question.help_text,
            question.is_required,
            [self[name] for name, _made in _question_fields(question)],
            seen_by=question.seen_by,
            tag=TAGS[Side(self.part.side)][SeenBy(question.seen_by)],
        )
        if question.kind == QuestionKind.RATING:
            levels = [(level.pk, level.label, level.description) for level in self.levels]
            item.choices = self._choices(f"rating_{question.pk}", levels, none=_("Not rated"))
        elif choices := choices_of(question):
            options = [(value, words, "") for value, words in choices.items()]
            item.choices = self._choices(f"choice_{question.pk}", options, none=_("No answer"))
        return item

    def _competency(self, competency: Competency) -> Item:
        name = f"competency_{competency.pk}"
        levels = [(level.level, str(level.level), level.description) for level in competency.levels.all()]
        levels = levels or [(number, str(number), "") for number in range(1, 6)]
        return Item(
            competency.name,
            competency.description,
            fields=[self[f"{name}_level"], self[f"{name}_comment"]],
            choices=self._choices(f"{name}_level", levels),
            expected=self.expected.get(competency.pk),
        )

    def _choices(self, name: str, options: list[tuple[Any, str, str]], none: Any = None) -> list[dict[str, Any]]:
        chosen = str(self[name].value() or "")
        rows = [
            {"value": value, "label": label, "description": words, "is_chosen": str(value) == chosen}
            for value, label, words in options
        ]
        # Nothing is chosen at first; this is the way back from a choice.
        return [*rows, {"value": "", "label": none or _("Not assessed"), "description": "", "is_chosen": False}]

    def changes(self) -> dict[str, Any]:
        """What was posted, in the shape `save_part` takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name in self.data and name != "version"}
        changes: dict[str, Any] = {"answers": {}, "ratings": {}, "choices": {}, "competencies": {}}
        for name, value in given.items():
            kind, _sep, rest = name.partition("_")
            if kind in {"answer", "rating", "choice"}:
                changes[f"{kind}s"][int(rest)] = value
            elif kind == "competency":
                pk, _sep, what = rest.partition("_")
                changes["competencies"].setdefault(int(pk), {})[what] = value
            elif name in {"overall_rating", "override_reason"}:
                changes[name] = value
        if any(name.endswith("_description") for name in given):
            changes["development_needs"] = self._given_needs(given)
        return changes

    @staticmethod
    def _given_needs(given: dict[str, Any]) -> list[dict[str, Any]]:
        lines = sorted(int(name.split("_")[1]) for name in given if name.endswith("_description"))
        return [
            {"competency": given.get(f"need_{line}_competency"), "description": given[f"need_{line}_description"]}
            for line in lines
            if given[f"need_{line}_description"]
        ]


def sections_of(part: ReviewPart) -> Iterator[TemplateSection]:
    """The template's sections; those that ask nothing of this side are left out."""
    sections = TemplateSection.objects.filter(template=part.review.cycle.template_id).prefetch_related(
        "questions", "competencies__competency__levels"
    )
    for section in sections:
        is_empty = section.kind == SectionKind.QUESTIONS and not questions_for(section, part.side)
        is_others = section.kind == SectionKind.DEVELOPMENT and part.side == Side.SELF
        if not is_empty and not is_others:
            yield section


def questions_for(section: TemplateSection, side: str) -> list[TemplateQuestion]:
    """The questions of a section that one side answers."""
    return [question for question in section.questions.all() if question.is_asked_of(side)]


def stored_fields(part: ReviewPart) -> dict[str, Any]:
    """What is stored, under the names the form's fields have."""
    stored: dict[str, Any] = {}
    for answer in part.answers.all():
        stored[f"answer_{answer.question_id}"] = answer.text
        stored[f"rating_{answer.question_id}"] = answer.rating_id
        stored[f"choice_{answer.question_id}"] = answer.choice
    for rating in part.competency_ratings.all():
        stored[f"competency_{rating.competency_id}_level"] = rating.level
        stored[f"competency_{rating.competency_id}_comment"] = rating.comment
    for line, need in enumerate(part.development_needs.all()):
        stored[f"need_{line}_description"] = need.description
        stored[f"need_{line}_competency"] = need.competency_id
    return {**stored, "overall_rating": part.overall_rating_id, "override_reason": part.override_reason}


def expected_levels(part: ReviewPart) -> dict[int, int]:
    """The level of each competency that the person's job asks for today, where its role profile says so."""
    entries = RoleProfileEntry.objects.filter(job=part.review.job_id, level_today__isnull=False)
    return dict(entries.values_list("competency", "level_today"))


def _question_fields(question: TemplateQuestion) -> list[tuple[str, forms.Field]]:
    """The fields of one answer: a text, a rating with a comment, or a choice."""
    if question.kind == QuestionKind.RATING:
        comment = _text(_("Comment"), rows=2)
        return [(f"rating_{question.pk}", _number(question.text)), (f"answer_{question.pk}", comment)]
    if choices_of(question):
        return [(f"choice_{question.pk}", forms.CharField(label=question.text, required=False))]
    return [(f"answer_{question.pk}", _text(question.text))]


def _text(label: Any, rows: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea(attrs={"rows": rows, "class": "form-control"})
    )


def _words() -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "form-control"})
    return forms.CharField(label=_("What to develop"), required=False, max_length=NEED_LENGTH, widget=widget)


def _choice(choices: list[tuple[Any, Any]]) -> forms.TypedChoiceField:
    widget = forms.Select(attrs={"class": "form-select"})
    return forms.TypedChoiceField(
        label=_("Competency"), required=False, choices=choices, coerce=int, empty_value=None, widget=widget
    )


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False)
