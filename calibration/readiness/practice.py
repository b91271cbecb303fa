"""What stands behind the ratings, and what followed from them."""

import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from calibration.enums import Question
from calibration.readiness.population import Population
from calibration.readiness.ratings import Figures
from performance.enums import GoalLevel, QuestionKind, SectionKind, Side
from performance.insight.accountability import TIME_TO_FOLLOW, is_followed_up
from performance.models import Answer, CompetencyRating, Feedback, Objective, TemplateQuestion

HALF_A_YEAR = datetime.timedelta(days=182)


def measure(people: Population) -> Figures:
    """The figures of this module, by question."""
    return {
        Question.FEEDBACK: _feedback(people),
        Question.PARTS: _parts(people),
        Question.GOALS: _goals(people),
        Question.FOLLOW_UP: _follow_up(people),
    }


def _feedback(people: Population) -> dict[str, int]:
    """How often somebody here got feedback in the last half year, as far as the reader may see it; over how many people
    and `days`: none for a client, who hears of no feedback."""
    since = people.today - HALF_A_YEAR
    given = Feedback.objects.visible_to(people.user).filter(people.inside("recipient__"), taken_back_at=None)
    times = given.filter(given_at__date__gt=since, recipient__in=people.employed()).order_by()
    days = 0 if people.user.viewer.is_client else HALF_A_YEAR.days
    return {"part": times.count(), "whole": people.employed().count(), "days": days}


def _parts(people: Population) -> dict[str, int]:
    """Finished reviews in which the manager rated at least one part besides the whole, of all whose form asks for parts."""
    levels = CompetencyRating.objects.filter(part__review=OuterRef("pk"), part__side=Side.MANAGER, level__isnull=False)
    answers = Answer.objects.filter(part__review=OuterRef("pk"), part__side=Side.MANAGER, rating__isnull=False)
    rated = Q(Exists(levels)) | Q(Exists(answers))
    counts = people.finished().aggregate(part=Count("pk", filter=rated), whole=Count("pk"))
    return counts if _asks_for_parts(people) else {"part": 0, "whole": 0}


def _asks_for_parts(people: Population) -> bool:
    template = people.cycle.template
    questions = TemplateQuestion.objects.asked_of(Side.MANAGER).filter(section__template=template)
    asked = questions.filter(kind=QuestionKind.RATING).exclude(section__kind=SectionKind.OVERALL)
    return template.sections.filter(kind=SectionKind.COMPETENCIES).exists() or asked.exists()


def _goals(people: Population) -> dict[str, int]:
    """Active personal goals that were measured within 30 days (or wait for their day), of all active ones."""
    goals = Objective.objects.visible_to(people.user).active().filter(people.inside("owner__"))
    personal = goals.filter(level=GoalLevel.INDIVIDUAL, owner__in=people.employed()).order_by()
    whole = personal.count()
    return {"part": whole - personal.stale(people.today).count(), "whole": whole}


def _follow_up(people: Population) -> dict[str, int]:
    """Reviews finished over 30 days ago after which a goal was set or an action agreed in the plan, of all of them."""
    reviews = _settled(people.finished())
    followed = is_followed_up("employee", "completed_at", _goals_since())
    return reviews.aggregate(part=Count("pk", filter=followed), whole=Count("pk"))


def _settled(reviews: QuerySet) -> QuerySet:
    """Those that are finished long enough for something to have followed."""
    return reviews.filter(completed_at__lt=timezone.now() - TIME_TO_FOLLOW)


def _goals_since() -> QuerySet[Objective]:
    return Objective.objects.filter(owner=OuterRef("employee"), created_at__gte=OuterRef("completed_at"))
