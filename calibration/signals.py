"""The whole bridge between performance and talent: which facts calibration hears, and what each does on the other side.

    performance.review_completed -> calibration.rating_to_profile  the calibrated rating enters the talent profile
                                 -> calibration.plan_from_review   the development plan opens, or gains the review's needs
    performance.review_shared    -> calibration.plan_shared        the person sees what the review put into their plan

A fact may come twice, late, or in any order. So it is taken only as a hint which reviews to look at: what is carried is
the review as it is now, and what talent has already is done. A review that was reopened meanwhile carries nothing; its
next completion will. Each handler takes many facts in a handful of queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import cast

from django.db.models import Exists, Max, Min, OuterRef, QuerySet
from django.utils.translation import gettext as _

from calibration.enums import HandOverKind
from calibration.models import Decision
from hrportal.journal.models import Fact
from hrportal.journal.subscribers import subscribe
from performance.enums import FINISHED, SEEN_BY_EMPLOYEE, Side
from performance.models import DevelopmentNeed, RatingLevel, Review
from talent.actions.development import ItemSeed, PlanOpening, close_item, open_development_plans, share_plan_items
from talent.actions.profiles import RatingRecord, record_calibrated_ratings
from talent.enums import ItemState, PlanState
from talent.models import PlanItem

SOURCE = "performance.review:"


def connect() -> None:
    """Begin to listen."""
    subscribe("performance.review_completed", HandOverKind.RATING, carry_ratings)
    subscribe("performance.review_completed", HandOverKind.PLAN, open_plans)
    subscribe("performance.review_shared", HandOverKind.SHARING, share_plans)


def source_of(review_id: int) -> str:
    """What talent knows a review by."""
    return f"{SOURCE}{review_id}"


def review_id_of(source: str) -> int | None:
    """The review behind a source, or None where it names something else."""
    number = source.removeprefix(SOURCE).partition(":")[0]
    return int(number) if source.startswith(SOURCE) and number.isdigit() else None


def carry_ratings(facts: Sequence[Fact]) -> None:
    """Enter calibrated ratings into talent profiles. Without a decision about this very revision a rating never goes."""
    decided = Decision.objects.filter(
        review=OuterRef("pk"), review_revision=OuterRef("revision"), rating=OuterRef("final_rating")
    )
    calibrated = _reviews(facts).filter(Exists(decided), state__in=FINISHED, final_is_calibrated=True)
    reviews = list(calibrated.select_related("cycle", "final_rating"))
    bounds = _bounds({review.cycle.scale_id for review in reviews})
    record_calibrated_ratings([_record(review, *bounds[review.cycle.scale_id]) for review in reviews])


def open_plans(facts: Sequence[Fact]) -> None:
    """Open development plans with the needs the reviews name, calibrated or not."""
    reviews = _locked(_reviews(facts).filter(state__in=FINISHED))
    needs, asked_before = _needs_of(reviews), _asked_before(reviews)
    openings = [
        PlanOpening(review.employee_id, _seeds(review, needs[review.pk], asked_before[review.pk])) for review in reviews
    ]
    open_development_plans([opening for opening in openings if opening.items])
    for review in reviews:
        _drop_unwanted(review, needs[review.pk], asked_before[review.pk])


def share_plans(facts: Sequence[Fact]) -> None:
    """Show people the items that their shared reviews asked for."""
    reviews = _locked(_reviews(facts).filter(state__in=SEEN_BY_EMPLOYEE))
    shared = {review.pk for review in reviews}
    hidden = _items_of(reviews).filter(shared_at=None).values_list("source", flat=True)
    share_plan_items(sorted(source for source in hidden if review_id_of(source) in shared))


def _reviews(facts: Sequence[Fact]) -> QuerySet[Review]:
    return Review.objects.filter(pk__in={fact.subject_id for fact in facts}).order_by("pk")


def _locked(reviews: QuerySet[Review]) -> list[Review]:
    """The reviews under a lock, so that a sharing under way is either seen by the opening of a plan or sees its items."""
    return list(reviews.select_related("cycle").select_for_update(of=("self",)))


def _bounds(scale_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    levels = RatingLevel.objects.filter(scale__in=scale_ids).order_by().values("scale")
    rows = levels.annotate(lowest=Min("value"), highest=Max("value")).values_list("scale", "lowest", "highest")
    return {scale: (lowest, highest) for scale, lowest, highest in rows}


def _record(review: Review, lowest: int, highest: int) -> RatingRecord:
    rating = cast(RatingLevel, review.final_rating)  # decided, or it would not be carried
    return RatingRecord(
        employee_id=review.employee_id,
        source=source_of(review.pk),
        source_version=review.revision,
        period=review.cycle.name,
        period_ends_on=review.cycle.ends_on,
        value=rating.value,
        label=rating.label,
        lowest=lowest,
        highest=highest,
        rated_at=cast(datetime, review.completed_at),
    )


def _needs_of(reviews: Iterable[Review]) -> dict[int, list[DevelopmentNeed]]:
    """What the managers' parts name, by review."""
    named: dict[int, list[DevelopmentNeed]] = defaultdict(list)
    found = DevelopmentNeed.objects.filter(part__side=Side.MANAGER, part__review__in=reviews)
    for need in found.select_related("competency", "part").order_by("pk"):
        named[need.part.review_id].append(need)
    return named


def _items_of(reviews: Iterable[Review]) -> QuerySet[PlanItem]:
    """The items that reviews (of whatever cycle) put into these people's plans."""
    return PlanItem.objects.filter(plan__employee__in={r.employee_id for r in reviews}, source__startswith=SOURCE)


def _asked_before(reviews: Iterable[Review]) -> dict[int, list[PlanItem]]:
    """What earlier revisions put into the plans, by review; only reopened reviews have any."""
    reopened = {review.pk: review for review in reviews if review.revision > 1}
    asked: dict[int, list[PlanItem]] = defaultdict(list)
    for item in _items_of(reopened.values()).select_related("plan") if reopened else ():
        review_id = review_id_of(item.source)
        if review_id in reopened:
            asked[review_id].append(item)
    return asked


def _seeds(review: Review, needs: Iterable[DevelopmentNeed], asked_before: Iterable[PlanItem]) -> tuple[ItemSeed, ...]:
    """The items a review asks for and nobody asked for before; where it names no need, that a focus be agreed."""
    why = _("From the review of %s") % review.cycle.name
    known = {item.title for item in asked_before if item.state != ItemState.DROPPED}
    seeds = [
        ItemSeed(_source(review, f"need:{need.pk}"), _title(need), why, need.competency_id, review.shared_at)
        for need in needs
    ] or [ItemSeed(_source(review, "focus"), _("Agree a development focus"), why, None, review.shared_at)]
    return tuple(seed for seed in seeds if seed.title not in known)


def _source(review: Review, part: str) -> str:
    """A need may be worded anew after reopening, under the same id: what a later revision asks for is another item."""
    return f"{source_of(review.pk)}:{part}" + (f":{review.revision}" if review.revision > 1 else "")


def _title(need: DevelopmentNeed) -> str:
    return need.description or str(need.competency)


def _drop_unwanted(review: Review, needs: Iterable[DevelopmentNeed], asked_before: Iterable[PlanItem]) -> None:
    """A correction takes back what it no longer names, unless somebody has begun to act on it."""
    wanted = {_title(need) for need in needs} or {_("Agree a development focus")}
    for item in asked_before:
        is_open = item.state == ItemState.OPEN and item.plan.state == PlanState.OPEN
        if is_open and item.title not in wanted and not item.actions.exists():
            close_item(item, by=None, is_done=False)
