"""Rating scales and review templates: designing the masters, and copying them for a cycle that is launched."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people.models import Competency
from performance import events
from performance.enums import SectionKind
from performance.models import (
    RatingLevel,
    RatingScale,
    ReviewTemplate,
    TemplateCompetency,
    TemplateQuestion,
    TemplateSection,
)


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
    scale.levels.all().delete()
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
    questions: Sequence[Mapping[str, Any]] = (),
    competencies: Iterable[Competency] = (),
    section: TemplateSection | None = None,
) -> TemplateSection:
    """Add a section, or rewrite one, with its questions (`text`, `help_text`, `asked_of`, `is_required`) or competencies."""
    template = _lock_master(template)
    section = section or TemplateSection(template=template, order=_next_order(template))
    section.kind, section.title, section.help_text = kind, title, help_text
    checked(section).save()
    section.questions.all().delete()
    section.competencies.all().delete()
    if kind == SectionKind.QUESTIONS:
        TemplateQuestion.objects.bulk_create(
            checked(TemplateQuestion(section=section, order=order, **question))
            for order, question in enumerate(questions, start=1)
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
    sections = list(template.sections.all())
    place = sections.index(section)
    other = place + (-1 if up else 1)
    if 0 <= other < len(sections):
        sections[place], sections[other] = sections[other], sections[place]
    for order, each in enumerate(sections, start=1):
        each.order = order
    TemplateSection.objects.bulk_update(sections, ["order"])
    events.master_edited(template, by=by)
    return sections[other] if 0 <= other < len(sections) else section


@transaction.atomic
def remove_section(section: TemplateSection, *, by: Actor | None) -> None:
    """Take a section out of a master template."""
    template = _lock_master(section.template)
    section.delete()
    events.master_edited(template, by=by)


def copy_scale(scale: RatingScale) -> RatingScale:
    """The same scale as a row of its own, which no later edit of the master reaches."""
    copy = RatingScale.objects.create(name=scale.name, is_copy=True)
    RatingLevel.objects.bulk_create(
        RatingLevel(scale=copy, value=level.value, label=level.label, description=level.description)
        for level in scale.levels.all()
    )
    return copy


def copy_template(template: ReviewTemplate) -> ReviewTemplate:
    """The same template, sections, questions and competencies as rows of their own."""
    copy = ReviewTemplate.objects.create(name=template.name, introduction=template.introduction, is_copy=True)
    originals = list(template.sections.prefetch_related("questions", "competencies"))
    sections = TemplateSection.objects.bulk_create(
        TemplateSection(template=copy, kind=old.kind, title=old.title, help_text=old.help_text, order=old.order)
        for old in originals
    )
    pairs = list(zip(sections, originals, strict=True))
    TemplateQuestion.objects.bulk_create(
        _copy_of(question, new) for new, old in pairs for question in old.questions.all()
    )
    TemplateCompetency.objects.bulk_create(
        _copy_of(entry, new) for new, old in pairs for entry in old.competencies.all()
    )
    return copy


def _copy_of(row: Any, section: TemplateSection) -> Any:
    row.pk, row.section = None, section
    row._state.adding = True
    return row


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
