"""Tasks of review cycles and improvement plans."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hrportal.home.work.tasks import MOST, Task, take
from hrportal.people.viewer import Principal
from performance.enums import BEING_WRITTEN, ReviewerChangeState, ReviewState, Side
from performance.improvement.tasks import plan_tasks
from performance.models import Review, ReviewerChange
from performance.models.reviews import ReviewQuerySet

# What a line says of a review. All that its list shows takes nine tables, and planning that longer than answering.
SAID = ("employee", "cycle")


def to_write(user: Principal) -> list[Task]:
    """One's own, and those one writes for somebody else for a while."""
    reviews = Review.objects.filter(ReviewQuerySet.written_by(user.viewer), state__in=BEING_WRITTEN)
    return [
        Task(
            title=review.employee.name,
            detail=review.cycle.name,
            badge=_("waits for the self-assessment")
            if review.state == ReviewState.SELF_ASSESSMENT
            else _("ready for you"),
            url=reverse("performance:review_write", args=[review.pk]),
            due_on=review.manager_due_on,
        )
        for review in take(reviews.select_related(*SAID).order_by("manager_due_on", "-state", "id"))
    ]


def goals_to_agree(me: int) -> list[Task]:
    """Of the people one reviews, before the writing of a cycle begins."""
    open_ones = Review.objects.filter(reviewer_id=me, state=ReviewState.GOAL_SETTING, goals_agreed_at=None)
    return [
        Task(review.employee.name, review.cycle.name, review.get_absolute_url(), review.cycle.goals_due_on)
        for review in take(open_ones.select_related(*SAID).order_by("cycle__goals_due_on", "id"))
    ]


def to_approve(user: Principal) -> list[Task]:
    waiting = Review.objects.visible_to(user).filter(state=ReviewState.SECOND_APPROVAL).select_related(*SAID)
    mine = waiting.filter(reviewer__manager_id=user.viewer.employee_id)
    return [
        Task(review.employee.name, review.cycle.name, reverse("performance:review_detail", args=[review.pk]))
        for review in take(mine.order_by("id"))
    ]


def changes_of_manager(user: Principal) -> list[Task]:
    """Reviews whose employee has a new manager, for the two of whom one goes on."""
    me = user.viewer.employee_id
    waiting = ReviewerChange.objects.filter(state=ReviewerChangeState.OPEN).exclude(review__employee=me)
    mine = waiting.filter(Q(new_manager_id=me) | Q(review__reviewer_id=me))
    return [
        Task(
            change.review.employee.name,
            _("New manager: who writes the review?"),
            reverse("performance:review_settle_change", args=[change.review_id]),
        )
        for change in take(mine.select_related("review__employee").order_by("id"))
    ]


def own_reviews(me: int) -> list[Task]:
    waiting = Q(state=ReviewState.SELF_ASSESSMENT, parts__side=Side.SELF, parts__submitted_at=None)
    waiting |= Q(state=ReviewState.GOAL_SETTING, goals_agreed_at=None) | Q(state=ReviewState.SHARED)
    own = Review.objects.filter(employee_id=me).filter(waiting).select_related("cycle").distinct()
    return [_own_review(review) for review in take(own.order_by("-cycle__ends_on"))]


def _own_review(review: Review) -> Task:
    if review.state == ReviewState.SHARED:
        url = reverse("performance:review_detail", args=[review.pk])
        return Task(_("Read and acknowledge your review"), review.cycle.name, url, due_on=review.acknowledge_due_on)
    if review.state == ReviewState.GOAL_SETTING:
        return Task(
            _("Agree your goals"), review.cycle.name, review.get_absolute_url(), due_on=review.cycle.goals_due_on
        )
    url = reverse("performance:self_assessment_write", args=[review.pk])
    return Task(_("Write your self-assessment"), review.cycle.name, url, due_on=review.self_due_on)


def disputes(user: Principal) -> list[Task]:
    disputed = Review.objects.visible_to(user).filter(user.viewer.hr(), state=ReviewState.DISPUTED).with_people()
    return [
        Task(review.employee.name, _("Answer the dispute"), reverse("performance:dispute_settle", args=[review.pk]))
        for review in take(disputed.order_by("disputed_at", "id"))
    ]


def improvement_plans(user: Principal) -> list[Task]:
    """Only to those in the circle of a plan."""
    return [
        Task(
            task.what,
            _("Your improvement plan") if task.plan.employee_id == user.viewer.employee_id else task.plan.employee.name,
            task.plan.get_absolute_url(),
            task.due_on,
        )
        for task in plan_tasks(user, most=MOST)
    ]
