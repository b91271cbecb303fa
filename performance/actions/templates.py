"""Rating scales and review templates: designing the masters, and copying them for a cycle that is launched."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people.models import Competency
from performance.enums import QuestionKind, SectionKind, Side
from performance.events import cycles as events
from performance.models import (
    RatingLevel,
    RatingScale,
    ReviewTemplate,
    TemplateCompetency,
    TemplateQuestion,
    TemplateSection,
)

WEIGHED = (SectionKind.GOALS, SectionKind.COMPETENCIES, SectionKind.QUESTIONS)
FEWEST_CHOICES = 2


@transaction.atomic
def create_scale(*, by: Actor | None, name: str, levels: Sequence[Mapping[str, Any]]) -> RatingScale:
    """Make a rating scale; a level has `value`, `label` and `description`."""
    scale = checked(RatingScale(name=name))
    scale.save()
    return _set_levels(scale, levels, by)


@transaction.atomic
def edit_scale(scale: RatingScale, *, by: Actor | None, name: str, levels: Sequence[Mapping[str, Any]]) -> RatingScale:
    """Change a master scale; cycles already launched keep their copy."""
    scale = _lock_master(scale)
    scale.name = name
    checked(scale).save()
    try:
        scale.levels.all().delete()
    except ProtectedError as error:
        raise ActionError(_("Ratings were given on this scale, so its levels stay.")) from error
    return _set_levels(scale, levels, by)


@transaction.atomic
def create_template(
    *, by: Actor | None, name: str, introduction: str = "", sections: Sequence[Mapping[str, Any]] = ()
) -> ReviewTemplate:
    """Make a template; a section has the keywords of `save_section`."""
    template = checked(ReviewTemplate(name=name, introduction=introduction))
    template.save()
    for section in sections:
        save_section(template, by=by, **section)
    events.master_edited(template, by=by)
    return template


@transaction.atomic
def edit_template(template: ReviewTemplate, *, by: Actor | None, name: str, introduction: str) -> ReviewTemplate:
    """Rename a master template or change its introduction; cycles already launched keep their copy."""
    template = _lock_master(template)
    template.name, template.introduction = name, introduction
    checked(template).save()
    events.master_edited(template, by=by)
    return template


@transaction.atomic
def save_section(
    template: ReviewTemplate,
    *,
    by: Actor | None,
    kind: str,
    title: str,
    help_text: str = "",
    weight: int | None = None,
    questions: Sequence[Mapping[str, Any]] = (),
    competencies: Iterable[Competency] = (),
    section: TemplateSection | None = None,
) -> TemplateSection:
    """Add a section, or rewrite one, with its questions (keywords are the fields of a question) or competencies."""
    template = _lock_master(template)
    section = section or TemplateSection(template=template, order=_next_order(template))
    section.kind, section.title, section.help_text, section.weight = kind, title, help_text, weight
    if weight and kind not in WEIGHED:
        raise ActionError(
            _("Nothing of this section enters the computed score; leave the weight empty."), field="weight"
        )
    checked(section).save()
    section.questions.all().delete()
    section.competencies.all().delete()
    if kind == SectionKind.QUESTIONS:
        TemplateQuestion.objects.bulk_create(
            _question(section, order, **question) for order, question in enumerate(questions, start=1)
        )
    if kind == SectionKind.COMPETENCIES:
        TemplateCompetency.objects.bulk_create(
            TemplateCompetency(section=section, competency=competency, order=order)
            for order, competency in enumerate(competencies, start=1)
        )
    events.master_edited(template, by=by)
    return section


@transaction.atomic
def move_section(section: TemplateSection, *, by: Actor | None, up: bool) -> TemplateSection:
    """Let a section change places with the one before it, or after it."""
    template = _lock_master(section.template)
    _move(section, list(template.sections.all()), up=up)
    events.master_edited(template, by=by)
    return section


@transaction.atomic
def move_question(question: TemplateQuestion, *, by: Actor | None, up: bool) -> TemplateQuestion:
    """Let a question change places with the one before it in its section, or after it."""
    template = _lock_master(question.section.template)
    _move(question, list(question.section.questions.order_by("order", "pk")), up=up)
    events.master_edited(template, by=by)
    return question


@transaction.atomic
def archive_master(master: Any, *, by: Actor | None) -> Any:
    """No longer offer a template or scale for new cycles. It is kept, and so is whatever was made with it."""
    return _set_archived(master, timezone.now(), by)


@transaction.atomic
def restore_master(master: Any, *, by: Actor | None) -> Any:
    """Offer an archived template or scale again."""
    return _set_archived(master, None, by)


def check_weights(template: ReviewTemplate) -> None:
    """Refuse weights that neither total 100 nor are all empty, and a weight of what a manager rates nothing in: the
    computed score would have no clear meaning."""
    sections = list(template.sections.all())
    total = sum(section.weight or 0 for section in sections)
    if total not in (0, 100):
        raise ActionError(
            _("The weights of the sections must total 100 %%; they total %d %%.") % total, field="template"
        )
    for section in sections:
        if section.weight and section.kind == SectionKind.QUESTIONS and not _has_rated_questions(section):
            words = _(
                "“%s” has a weight, but the manager rates nothing in it. Add a rated question or take the weight away."
            )
            raise ActionError(words % section.title, field="template")


def _has_rated_questions(section: TemplateSection) -> bool:
    return section.questions.asked_of(Side.MANAGER).filter(kind=QuestionKind.RATING).exists()


@transaction.atomic
def remove_section(section: TemplateSection, *, by: Actor | None) -> None:
    """Take a section out of a master template."""
    template = _lock_master(section.template)
    section.delete()
    events.master_edited(template, by=by)


def copy_scale(scale: RatingScale) -> RatingScale:
    """The same scale as a row of its own, which no later edit of the master reaches."""
    copy = RatingScale.objects.create(name=scale.name, is_copy=True, copied_from=scale)
    RatingLevel.objects.bulk_create(
        RatingLevel(scale=copy, value=level.value, label=level.label, description=level.description)
        for level in scale.levels.all()
    )
    return copy


def copy_template(template: ReviewTemplate) -> ReviewTemplate:
    """The same template, sections, questions and competencies as rows of their own, with every field they have."""
    copy = ReviewTemplate.objects.create(
        name=template.name, introduction=template.introduction, is_copy=True, copied_from=template
    )
    originals = list(template.sections.prefetch_related("questions", "competencies"))
    questions = [list(old.questions.all()) for old in originals]
    competencies = [list(old.competencies.all()) for old in originals]
    sections = TemplateSection.objects.bulk_create(_copy_of(old, template=copy) for old in originals)
    TemplateQuestion.objects.bulk_create(
        _copy_of(row, section=new) for new, rows in zip(sections, questions, strict=True) for row in rows
    )
    TemplateCompetency.objects.bulk_create(
        _copy_of(row, section=new) for new, rows in zip(sections, competencies, strict=True) for row in rows
    )
    return copy


def master_of(copy: Any) -> Any:
    """The master to plan a further cycle with: what a cycle's copy was made from, or the copy made a master if that is gone."""
    if not copy.is_copy:
        return copy
    if copy.copied_from is not None and copy.copied_from.archived_at is None:
        return copy.copied_from
    made = copy_scale(copy) if isinstance(copy, RatingScale) else copy_template(copy)
    made.is_copy, made.copied_from = False, None
    made.save(update_fields=["is_copy", "copied_from"])
    return made


def _copy_of(row: Any, **above: Any) -> Any:
    row.pk = None
    row._state.adding = True
    for name, value in above.items():
        setattr(row, name, value)
    return row


def _question(section: TemplateSection, order: int, **fields: Any) -> TemplateQuestion:
    question = TemplateQuestion(section=section, order=order, **fields)
    choices = list(dict.fromkeys(words.strip() for words in question.choices if words.strip()))
    question.choices = choices if question.kind == QuestionKind.CHOICE else []
    if question.kind == QuestionKind.CHOICE and len(choices) < FEWEST_CHOICES:
        raise ActionError(_("“%s” needs at least two answers to choose from.") % question.text, field="questions")
    return checked(question)


def _move(row: Any, rows: list[Any], *, up: bool) -> None:
    place = rows.index(row)
    other = place + (-1 if up else 1)
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for order, each in enumerate(rows, start=1):
        each.order = order
    type(row).objects.bulk_update(rows, ["order"])


def _set_archived(master: Any, when: Any, by: Actor | None) -> Any:
    master = _lock_master(master)
    master.archived_at = when
    master.save(update_fields=["archived_at"])
    events.master_edited(master, by=by)
    return master


def _lock_master(master: Any) -> Any:
    locked = type(master).objects.select_for_update().get(pk=master.pk)
    if locked.is_copy:
        raise ActionError(_("This belongs to a cycle that was launched and stays as it is."))
    return locked


def _set_levels(scale: RatingScale, levels: Sequence[Mapping[str, Any]], by: Actor | None) -> RatingScale:
    if len(levels) < 2 or len({level["value"] for level in levels}) < len(levels):
        raise ActionError(_("A scale needs at least two levels, each with a value of its own."))
    RatingLevel.objects.bulk_create(checked(RatingLevel(scale=scale, **level)) for level in levels)
    events.master_edited(scale, by=by)
    return scale


def _next_order(template: ReviewTemplate) -> int:
    return (template.sections.aggregate(last=Max("order"))["last"] or 0) + 1
