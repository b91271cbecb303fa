"""The results of a 360 round: the only code that reads `RoundAnswer`, for pages, API, export and evidence alike.

What is published follows from the answers alone (`anonymity.py`); a reader who was asked too gets less of it, never
something else. There is nothing here to sort or filter by.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection
from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from hrportal.people.models import Competency
from hrportal.people.viewer import Principal
from performance.enums import ANONYMOUS, ATTRIBUTED, ROUNDS_WITH_RESULTS, RaterGroup, RoundQuestionKind
from performance.models import FeedbackRound, Rater, ReviewCycle, RoundAnswer, RoundQuestion
from performance.rounds.anonymity import Cell, answers_in, holds_all, publishable, readable

TENTH = Decimal("0.1")
OTHERS, TOTAL = "others", "total"


@dataclass(frozen=True)
class Figure:
    """The mean of some answers, to one decimal, and how many they were. `key` is a group, `others` or `total`."""

    key: str
    label: str
    mean: Decimal
    count: int


@dataclass(frozen=True)
class Texts:
    """What a group wrote, in no order. Only the subject's and the manager's texts are known to be theirs."""

    key: str
    label: str
    texts: list[str]


@dataclass
class QuestionResult:
    """One question: its figures or texts. `is_partly_kept` says that answers are not shown because too few gave one."""

    question: RoundQuestion
    figures: list[Figure] = field(default_factory=list)
    texts: list[Texts] = field(default_factory=list)
    is_partly_kept: bool = False


@dataclass(frozen=True)
class CompetencyResult:
    """A competency: the means of its questions' published figures, and how others see the person against themselves."""

    competency: Competency
    figures: list[Figure]

    def mean_of(self, key: str) -> Decimal | None:
        return next((figure.mean for figure in self.figures if figure.key == key), None)

    @property
    def gap(self) -> Decimal | None:
        """How much higher (or lower) all others together rate than the person; None while either is unknown."""
        others, own = self.mean_of(TOTAL), self.mean_of(RaterGroup.SELF)
        return None if others is None or own is None else others - own


@dataclass(frozen=True)
class Results:
    questions: list[QuestionResult]
    competencies: list[CompetencyResult]

    @property
    def is_empty(self) -> bool:
        return not any(result.figures or result.texts for result in self.questions)

    @property
    def is_partly_kept(self) -> bool:
        return any(result.is_partly_kept for result in self.questions)


def results_for(user: Principal, round_: FeedbackRound) -> Results | None:
    """The results as far as this reader may see them; None while there are none for them."""
    if not FeedbackRound.objects.with_results_for(user).filter(pk=round_.pk).exists():
        return None
    own = list(Rater.objects.asked(user).filter(round=round_, group__in=ANONYMOUS).values_list("group", flat=True))
    said = _answers_by_question(round_)
    questions = [
        _result_of(question, said[question.pk], round_.min_raters, own)
        for question in round_.template.questions.select_related("competency")
    ]
    return Results(questions, list(_competencies(questions)))


def peer_scores(cycle: ReviewCycle) -> list[tuple[int, float]]:
    """What colleagues said of people in the rounds of a cycle: subject and mean, to be added up over whole teams.

    Only groups with more answers to a question than promised as the least count: even somebody who answered, and takes their
    own answer off, faces as many others as they were told.
    """
    finished = Q(round__review__cycle=cycle) | Q(
        round__review=None, round__closed_at__date__range=(cycle.starts_on, cycle.ends_on)
    )
    given = RoundAnswer.objects.filter(
        finished, round__state__in=ROUNDS_WITH_RESULTS, group__in=ANONYMOUS, rating__isnull=False
    )
    by_group = given.order_by().values("round", "question", "group", subject=F("round__subject"))
    counted = by_group.annotate(n=Count("pk"), total=Sum("rating")).filter(n__gt=F("round__min_raters"))
    statement, params = counted.values_list("subject", "n", "total").query.sql_with_params()
    means = "SELECT subject, CAST(SUM(total) AS double precision) / SUM(n)"
    with connection.cursor() as cursor:
        # The inner statement is the ORM's own; it cannot group again what it has grouped.
        cursor.execute(f"{means} FROM ({statement}) AS answers GROUP BY subject", params)
        return cursor.fetchall()


def _answers_by_question(round_: FeedbackRound) -> dict[int, list[RoundAnswer]]:
    said: dict[int, list[RoundAnswer]] = defaultdict(list)
    for answer in RoundAnswer.objects.filter(round=round_).order_by("pk"):
        said[answer.question_id].append(answer)
    return said


def _result_of(question: RoundQuestion, said: list[RoundAnswer], minimum: int, own: list[str]) -> QuestionResult:
    """Each question for itself: a group is shown where enough of it answered this one."""
    by_group: dict[str, list[RoundAnswer]] = defaultdict(list)
    for answer in said:
        by_group[answer.group].append(answer)
    counts = {str(group): len(by_group[group]) for group in ANONYMOUS}
    cells = readable(publishable(counts, minimum), counts, minimum, own)
    is_whole = holds_all(cells, counts)
    named = [(str(group), RaterGroup(group).label, by_group[group]) for group in ATTRIBUTED if by_group[group]]
    shown = named + [(*_name_of(cell), _in_cell(cell, said)) for cell in cells]
    result = QuestionResult(question, is_partly_kept=bool(answers_in(counts, counts)) and not is_whole)
    if question.kind == RoundQuestionKind.TEXT:
        result.texts = [Texts(key, str(label), [answer.text for answer in given]) for key, label, given in shown]
        return result
    if is_whole:
        shown.append((TOTAL, _("All others together"), _in_cell(counts, said)))
    result.figures = [Figure(key, str(label), _mean(given), len(given)) for key, label, given in shown]
    return result


def _in_cell(cell: Iterable[str], said: list[RoundAnswer]) -> list[RoundAnswer]:
    groups = set(cell)
    return [answer for answer in said if answer.group in groups]


def _name_of(cell: Cell) -> tuple[str, str]:
    if len(cell) == 1:
        (group,) = cell
        return group, str(RaterGroup(group).label)
    return OTHERS, _("Smaller groups together")


def _mean(given: Iterable[RoundAnswer]) -> Decimal:
    return mean_of([Decimal(answer.rating) for answer in given if answer.rating is not None])


def mean_of(values: Sequence[Decimal]) -> Decimal:
    """The mean to one decimal, halves up."""
    return (sum(values, Decimal(0)) / len(values)).quantize(TENTH, ROUND_HALF_UP)


def _competencies(questions: Iterable[QuestionResult]) -> Iterable[CompetencyResult]:
    """Only from what is published of each question, so that no kept answer can be worked out from the sum."""
    rated: dict[Competency, list[QuestionResult]] = defaultdict(list)
    for result in questions:
        if result.question.competency:
            rated[result.question.competency].append(result)
    for competency, results in rated.items():
        yield CompetencyResult(competency, list(_together(results)))


def _together(results: list[QuestionResult]) -> Iterable[Figure]:
    by_key: dict[str, list[Figure]] = defaultdict(list)
    for result in results:
        for figure in result.figures:
            by_key[figure.key].append(figure)
    for key, figures in by_key.items():
        mean = mean_of([figure.mean for figure in figures])
        yield Figure(key, figures[0].label, mean, min(figure.count for figure in figures))
