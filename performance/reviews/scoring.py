"""What the computed score of a review rests on, read from its rows; the arithmetic is in `scores.py`."""

from collections.abc import Iterator
from decimal import Decimal

from hrportal.people.viewer import Principal
from performance.enums import GoalState, QuestionKind, SectionKind, SeenBy
from performance.models import Objective, Review, ReviewPart, TemplateSection
from performance.reviews.reading_rights import may_read_answer
from performance.reviews.scores import Inputs, Item, Score, Section, score_as_read, score_of

LOWEST, HIGHEST = Decimal(1), Decimal(5)
EMPTY, FULL = Decimal(0), Decimal(100)


def inputs_of(part: ReviewPart) -> Inputs:
    """What the manager's part gives a score of; no sections where the template weighs none."""
    review = part.review
    weighed = TemplateSection.objects.filter(template=review.cycle.template_id, weight__isnull=False)
    sections = list(weighed.prefetch_related("questions", "competencies__competency"))
    if not sections:
        return Inputs()
    scale = tuple((level.value, level.label) for level in review.cycle.scale.levels.all())
    items = _Items(part, scale)
    return Inputs(
        tuple(Section(section.title, section.weight or 0, tuple(items.of(section))) for section in sections), scale
    )


def score_of_part(part: ReviewPart) -> Score | None:
    """The score of a part as it is written now; None where the template weighs nothing."""
    inputs = inputs_of(part)
    return score_of(inputs) if inputs.sections else None


def score_for(user: Principal, review: Review, part: ReviewPart) -> Score | None:
    """The score as this reader may follow it: the stored one once it was handed in, before that what is written now.

    Whoever asks may read the manager's part already. An item is shown to those who read the answer behind it.
    """
    inputs = Inputs.from_json(review.score_inputs) if part.submitted_at else inputs_of(part)
    if not inputs.sections:
        return None
    return score_as_read(inputs, lambda item: may_read_answer(user, review, part.side, item.seen_by or SeenBy.EMPLOYEE))


class _Items:
    """The rated items of one part."""

    def __init__(self, part: ReviewPart, scale: tuple[tuple[int, str], ...]) -> None:
        self.part, self.scale = part, scale

    def of(self, section: TemplateSection) -> Iterator[Item]:
        kinds = {
            SectionKind.GOALS: self._goals,
            SectionKind.COMPETENCIES: self._competencies,
            SectionKind.QUESTIONS: self._questions,
        }
        tell = kinds.get(SectionKind(section.kind))
        return tell(section) if tell else iter(())

    def _goals(self, section: TemplateSection) -> Iterator[Item]:
        for goal in goals_counted(self.part.review):
            yield Item(goal.title, EMPTY, FULL, goal.progress, goal.weight)

    def _competencies(self, section: TemplateSection) -> Iterator[Item]:
        levels = {rating.competency_id: rating.level for rating in self.part.competency_ratings.all()}
        for entry in section.competencies.all():
            level = levels.get(entry.competency_id)
            yield Item(entry.competency.name, LOWEST, HIGHEST, None if level is None else Decimal(level))

    def _questions(self, section: TemplateSection) -> Iterator[Item]:
        given = {answer.question_id: answer.rating_id for answer in self.part.answers.all()}
        values = {level.pk: level.value for level in self.part.review.cycle.scale.levels.all()}
        ends = [Decimal(value) for value, _label in self.scale] or [EMPTY]
        for question in section.questions.all():
            if question.kind == QuestionKind.RATING and question.is_asked_of(self.part.side):
                value = values.get(given.get(question.pk) or 0)
                known = None if value is None else Decimal(value)
                yield Item(question.text, min(ends), max(ends), known, seen_by=question.seen_by)


def goals_counted(review: Review) -> list[Objective]:
    """The person's goals of the period, done or under way."""
    cycle = review.cycle
    goals = Objective.objects.filter(owner=review.employee_id).exclude(state=GoalState.CANCELLED)
    return list(goals.filter(due_on__gte=cycle.starts_on, starts_on__lte=cycle.ends_on).order_by("due_on", "pk"))
