"""What stands before anybody is hired: entities, places, competencies, jobs with what they ask for, scale and template."""

from dataclasses import dataclass

from hrportal.home.demo import company, phrases
from hrportal.home.demo.competencies import LIBRARY, RATED_IN_REVIEWS, Described, asked_of
from hrportal.home.demo.rows import Rows
from hrportal.people.models import Competency, CompetencyLevel, Job, LegalEntity, Location, RoleProfileEntry
from performance.enums import AskedOf, QuestionKind, SectionKind, SeenBy
from performance.models import (
    RatingLevel,
    RatingScale,
    ReviewTemplate,
    TemplateCompetency,
    TemplateQuestion,
    TemplateSection,
)

SCALE = (
    (1, "Below expectations", "Most of what the role asks for was not reached. Change is needed soon."),
    (2, "Partly meets expectations", "Some of it was reached; important parts were missed or needed much help."),
    (3, "Meets expectations", "Did what the role asks for, reliably and well. This is a good rating."),
    (4, "Exceeds expectations", "More than the role asks for, in most of what counts and through the whole period."),
    (5, "Outstanding", "Rare: results and conduct that changed the course of the unit and serve as the example."),
)
GUIDELINE = {1: 3, 2: 12, 3: 55, 4: 24, 5: 6}
SECTIONS = (
    (SectionKind.GOALS, "Goals", "What became of the goals of this period."),
    (SectionKind.COMPETENCIES, "How we work", "Rate what you have seen, not what you expect."),
    (SectionKind.QUESTIONS, "In words", "Examples say more than adjectives."),
    (SectionKind.OVERALL, "Overall rating", "Read the descriptions before you choose."),
    (SectionKind.DEVELOPMENT, "Development", "Each need becomes an item of the development plan."),
)

# Per cent of the computed score; what people say in words does not count.
WEIGHTS = {SectionKind.GOALS: 50, SectionKind.COMPETENCIES: 50}
# Asked of managers besides the texts: one rating the employee reads, one answer for HR alone.
TEAMWORK = "How was working together with other teams?"
SUCCESSOR = "Would you take this person into your next team?"


@dataclass
class Form:
    """A scale and a template as a review needs them: ids to write with."""

    scale: RatingScale
    template: ReviewTemplate
    levels: dict[int, RatingLevel]
    questions: dict[str, int]


@dataclass
class Ground:
    """The rows that people's rows point to."""

    entities: dict[str, LegalEntity]
    locations: dict[str, Location]
    jobs: dict[object, Job]
    competencies: dict[str, Competency]


def lay_ground(rows: Rows) -> Ground:
    """Write everything that is there before the first person."""
    competencies = {item.code: _competency(rows, item) for item in LIBRARY}
    ground = Ground(
        entities={
            place.country: rows.add(LegalEntity(code=f"LE-{place.country}", name=place.entity, country=place.country))
            for place in company.PLACES
        },
        locations={
            place.code: rows.add(Location(code=place.code, name=place.city, country=place.country))
            for place in company.PLACES
        },
        jobs=_jobs(rows),
        competencies=competencies,
    )
    for job in ground.jobs.values():
        for code, (today, later) in asked_of(job.level or 1).items():
            entry = {"level_today": today, "level_in_24_months": later}
            rows.add(RoleProfileEntry(job=job, competency=competencies[code], **entry))
    return ground


def _competency(rows: Rows, item: Described) -> Competency:
    competency = rows.add(Competency(code=item.code, name=item.name, kind=item.kind, description=item.description))
    for level, words in enumerate(item.levels, start=1):
        rows.add(CompetencyLevel(competency=competency, level=level, description=words))
    return competency


def _jobs(rows: Rows) -> dict[object, Job]:
    """Jobs by (family, level), and the single ones at the top by their code."""
    jobs: dict[object, Job] = {}
    for family in company.FAMILIES:
        for level in (*company.OWN_WORK, *company.LEADING):
            code, name = f"{family}-{level}", company.job_name(family, level)
            jobs[family, level] = rows.add(Job(code=code, name=name, family=company.FAMILIES[family].area, level=level))
    heads = [(business.code, business.head, company.BUSINESS_LEVEL) for business in company.BUSINESSES]
    top = [("CEO", company.CHIEF, company.CHIEF_LEVEL), ("STAFF", company.CHIEF_OF_STAFF, 5)]
    for code, name, level in heads + top:
        jobs[code] = rows.add(Job(code=f"head-{code}".lower(), name=name, family="Leadership", level=level))
    return jobs


def make_form(rows: Rows, ground: Ground, *, is_copy: bool) -> Form:
    """A scale and a template: the master people edit, or the copy a launched cycle owns."""
    scale = rows.add(RatingScale(name="Five levels", is_copy=is_copy))
    template = rows.add(
        ReviewTemplate(
            name="Annual review",
            introduction="Half an hour of quiet is worth more than three evenings in between.",
            is_copy=is_copy,
        )
    )
    questions: dict[str, int] = {}
    for order, (kind, title, words) in enumerate(SECTIONS):
        weight = WEIGHTS.get(kind)
        section = rows.add(
            TemplateSection(template=template, kind=kind, title=title, help_text=words, order=order, weight=weight)
        )
        if kind == SectionKind.COMPETENCIES:
            for place, code in enumerate(RATED_IN_REVIEWS):
                rows.add(TemplateCompetency(section=section, competency=ground.competencies[code], order=place))
        if kind == SectionKind.QUESTIONS:
            questions = _questions(rows, section)
    levels = {
        value: rows.add(RatingLevel(scale=scale, value=value, label=label, description=words))
        for value, label, words in SCALE
    }
    return Form(scale, template, levels, questions)


def _questions(rows: Rows, section: TemplateSection) -> dict[str, int]:
    _ask_managers(rows, section)
    return {
        key: rows.add(
            TemplateQuestion(
                section=section,
                text=text,
                help_text=words,
                is_required=required,
                asked_of=AskedOf.BOTH,
                order=order,
            )
        ).pk
        for order, (key, (text, words, required)) in enumerate(phrases.QUESTIONS.items())
    }


def _ask_managers(rows: Rows, section: TemplateSection) -> None:
    rated = {"text": TEAMWORK, "kind": QuestionKind.RATING, "order": 20}
    chosen = {"text": SUCCESSOR, "kind": QuestionKind.YES_NO, "seen_by": SeenBy.HR, "order": 21}
    for fields in (rated, chosen):
        rows.add(TemplateQuestion(section=section, asked_of=AskedOf.MANAGER, **fields))
