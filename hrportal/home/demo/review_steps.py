"""What happens to single reviews besides the usual: somebody disagrees, somebody changed a text, somebody writes for another."""

from django.utils import timezone

from hrportal.home.demo.days import days
from hrportal.home.demo.world import World
from hrportal.people.enums import EmploymentStatus
from performance.actions.versions import content_of
from performance.enums import RemarkKind, ReviewState, Side, VersionCause
from performance.models import PartVersion, Review, ReviewDelegation, ReviewPart, ReviewRemark

DISPUTE = (
    "The review does not mention the migration, which took most of my spring, and the rating rests on the quarter "
    "before it. I would like us to look at both again."
)
DRAFT = "First notes, to be made whole sentences: delivered what was agreed, needed help with the last tenth."
AWAY = "I am away for two weeks; you led the project with me and know the work."


def tell_review_steps(world: World) -> None:
    """A dispute that waits for HR, a draft with an earlier version, and a review that a colleague writes meanwhile."""
    _dispute(world)
    writing = Review.objects.being_written().filter(reviewer=world.cast["manager"]).order_by("pk")
    for review in writing.select_related("cycle", "employee")[:1]:
        _keep_draft(world, review)
    for review in writing.select_related("employee").order_by("-pk")[:1]:
        _delegate(world, review)


def _dispute(world: World) -> None:
    """One of those in the HR partner's units whose last review is shared and not acknowledged."""
    units = world.cast.parts[2].unit
    shared = Review.objects.filter(state=ReviewState.SHARED, employee__status=EmploymentStatus.ACTIVE)
    mine = shared.filter(employee__org_unit__path__startswith=units.path) if units else shared
    disputed = mine.exclude(employee__in=world.cast.ids).order_by("pk").first()
    if disputed:
        now = timezone.now() - days(1)
        Review.objects.filter(pk=disputed.pk).update(
            state=ReviewState.DISPUTED, disputed_at=now, dispute_reason=DISPUTE
        )


def _keep_draft(world: World, review: Review) -> None:
    part = ReviewPart.objects.get(review=review, side=Side.MANAGER)
    content = content_of(part)
    question = review.cycle.template.sections.get(kind="questions").questions.order_by("order").first()
    if question:
        content["answers"] = {**content["answers"], question.pk: DRAFT}
    PartVersion.objects.create(
        part=part,
        version=max(1, part.version - 1),
        cause=VersionCause.REPLACED,
        content=content,
        author_id=review.reviewer_id,
        saved_at=timezone.now() - days(3),
    )


def _delegate(world: World, review: Review) -> None:
    """To somebody who leads another team under the same head."""
    manager = world.cast["manager"]
    peers = type(manager).objects.filter(manager=manager.manager_id, status=EmploymentStatus.ACTIVE)
    delegate = peers.exclude(pk__in=[manager.pk, *world.cast.ids]).order_by("pk").first()
    if delegate is None:
        return
    given = {"delegate": delegate, "reviewer": manager, "reason": AWAY, "until": world.calendar.today + days(14)}
    ReviewDelegation.objects.create(review=review, **given)
    ReviewRemark.objects.create(
        review=review, kind=RemarkKind.DELEGATED, revision=review.revision, reason=AWAY, made_by=manager
    )
