"""The whole bridge between performance and talent: which facts calibration hears, and what each does on the other side.

    performance.review_completed -> calibration.rating_to_profile   the calibrated rating enters the talent profile
                                 -> calibration.plan_from_review    the development plan opens, or gains what the review asks for
    performance.review_shared    -> calibration.plan_shared         the person sees what the review put into their plan
    performance.review_withdrawn -> calibration.rating_retracted    the rating an earlier revision carried no longer counts
                                 -> calibration.plan_from_review    what it asked for is dropped where nobody has begun
    each of the three            -> calibration.skills_from_review  the levels it gave stand in the skills inventory
                                 -> calibration.goals_from_strategy what the strategy asks beyond them is proposed as goals

A fact may come twice, late, or in any order. So it is taken only as a hint which reviews to look at: what is carried is
the review as it is now, and what is there already is done. A review that was reopened meanwhile carries nothing; its
next completion will. Each handler takes many facts in a handful of queries, and locks reviews first, in the order of
their ids, then profiles, in the order of people: so no two wait for each other in a ring.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import cast

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from calibration.bridge.gaps import Gap, gaps_today, levels_of
from calibration.bridge.proposing import propose_to
from calibration.bridge.sources import SOURCE, review_id_of, source_of
from calibration.enums import HandOverKind
from calibration.models import Decision
from hrportal.journal.models import Fact
from hrportal.journal.subscribers import subscribe
from performance.enums import FINISHED, SEEN_BY_EMPLOYEE, ReviewState, Side
from performance.models import DevelopmentNeed, RatingLevel, Review
from talent.actions.development import ItemSeed, PlanOpening, close_item, open_development_plans, share_plan_items
from talent.actions.profiles import RatingRecord, record_calibrated_ratings, retract_calibrated_ratings
from talent.actions.skills import SkillRecord, record_skills
from talent.enums import ItemState, PlanState
from talent.models import PlanItem

MOVED_ON = ("performance.review_completed", "performance.review_shared", "performance.review_withdrawn")


def connect() -> None:
    """Begin to listen."""
    subscribe("performance.review_completed", HandOverKind.RATING, carry_ratings)
    subscribe("performance.review_completed", HandOverKind.PLAN, open_plans)
    subscribe("performance.review_shared", HandOverKind.SHARING, share_plans)
    subscribe("performance.review_withdrawn", HandOverKind.RETRACTION, retract_ratings)
    subscribe("performance.review_withdrawn", HandOverKind.PLAN, open_plans)
    for topic in MOVED_ON:
        subscribe(topic, HandOverKind.SKILLS, carry_skills)
        subscribe(topic, HandOverKind.STRATEGY, propose_from_strategy)


def carry_ratings(facts: Sequence[Fact]) -> None:
    """Enter calibrated ratings into talent profiles. Without a decision about this very revision a rating never goes."""
    decided = Decision.objects.filter(
        review=OuterRef("pk"), review_revision=OuterRef("revision"), rating=OuterRef("final_rating")
    )
    calibrated = _reviews(facts).filter(Exists(decided), state__in=FINISHED, final_is_calibrated=True)
    # Under a lock, so that a review that is reopened and withdrawn meanwhile is either carried before it is retracted, or not at all.
    reviews = list(calibrated.prefetch_related("cycle", "final_rating").select_for_update(of=("self",)))
    bounds = _bounds({review.cycle.scale_id for review in reviews})
    record_calibrated_ratings([_record(review, *bounds[review.cycle.scale_id]) for review in reviews])


def open_plans(facts: Sequence[Fact]) -> None:
    """Open development plans with what the reviews ask for, calibrated or not. One that was reopened and withdrawn asks
    for nothing any more."""
    withdrawn = Q(state=ReviewState.WITHDRAWN, revision__gt=1)
    reviews = _locked(_reviews(facts).filter(Q(state__in=FINISHED) | withdrawn))
    wanted = _seeds(reviews, asked := _asked_by(reviews))
    new = {review.pk: _not_asked_before(review, wanted[review.pk], asked[review.pk]) for review in reviews}
    open_development_plans([PlanOpening(review.employee_id, new[review.pk]) for review in reviews if new[review.pk]])
    for review in reviews:
        _drop_unwanted(review, wanted[review.pk], asked[review.pk])


def share_plans(facts: Sequence[Fact]) -> None:
    """Show people the items that their shared reviews asked for."""
    reviews = _locked(_reviews(facts).filter(state__in=SEEN_BY_EMPLOYEE))
    shared = {review.pk for review in reviews}
    hidden = _items_of(reviews).filter(shared_at=None).values_list("source", flat=True)
    share_plan_items(sorted(source for source in hidden if review_id_of(source) in shared))


def retract_ratings(facts: Sequence[Fact]) -> None:
    """Take back the ratings of reviews that were reopened and then withdrawn: nothing takes their place."""
    withdrawn = _locked(_reviews(facts).filter(state=ReviewState.WITHDRAWN, revision__gt=1))
    retract_calibrated_ratings([source_of(review.pk) for review in withdrawn])


def carry_skills(facts: Sequence[Fact]) -> None:
    """Let the skills inventory hold the levels that managers gave in finished reviews, calibrated or not; those of a
    review that was withdrawn are taken back, as a revision without levels."""
    reviews = _locked(_reviews(facts).filter(state__in=[*FINISHED, ReviewState.WITHDRAWN]))
    levels = levels_of([review for review in reviews if review.is_finished])
    record_skills([_skills(review, levels.get(review.pk, {})) for review in reviews])


def propose_from_strategy(facts: Sequence[Fact]) -> None:
    """Let people be proposed what their job will ask for beyond the newest level that a finished review gave."""
    propose_to(set(_reviews(facts).order_by().values_list("employee", flat=True)))


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


def _asked_by(reviews: Iterable[Review]) -> dict[int, list[PlanItem]]:
    """What these reviews put into the plans until now, by review."""
    known = {review.pk for review in reviews}
    asked: dict[int, list[PlanItem]] = defaultdict(list)
    for item in _items_of(reviews).select_related("plan").order_by("pk"):
        review_id = review_id_of(item.source)
        if review_id in known:
            asked[review_id].append(item)
    return asked


def _seeds(reviews: Sequence[Review], asked: Mapping[int, list[PlanItem]]) -> dict[int, list[ItemSeed]]:
    """What each review asks for: the needs it names; with none named, the gaps it shows; with none shown, a focus.

    What was worked out once for a revision stays, though the role profile may ask for something else by now.
    """
    finished = [review for review in reviews if review.is_finished]
    needs = _needs_of(finished)
    gaps = gaps_today([review for review in finished if not needs[review.pk]])
    nothing: dict[int, list[ItemSeed]] = {review.pk: [] for review in reviews}
    return nothing | {
        review.pk: [_need_seed(review, need) for need in needs[review.pk]]
        or [_same_again(review, item) for item in asked[review.pk] if _revision_of(item.source) == review.revision]
        or [_gap_seed(gap) for gap in gaps[review.pk]]
        or [_focus_seed(review)]
        for review in finished
    }


def _need_seed(review: Review, need: DevelopmentNeed) -> ItemSeed:
    return ItemSeed(
        _source(review, f"need:{need.pk}"), _title(need), _why(review), need.competency_id, review.shared_at
    )


def _gap_seed(gap: Gap) -> ItemSeed:
    why = _("From the review of %(cycle)s: found at level %(level)s, the job asks for %(wanted)s") % {
        "cycle": gap.review.cycle.name,
        "level": gap.level,
        "wanted": gap.wanted,
    }
    source = _source(gap.review, f"gap:{gap.competency.pk}")
    return ItemSeed(source, str(gap.competency), why, gap.competency.pk, gap.review.shared_at, gap.wanted)


def _focus_seed(review: Review) -> ItemSeed:
    return ItemSeed(_source(review, "focus"), _("Agree a development focus"), _why(review), None, review.shared_at)


def _same_again(review: Review, item: PlanItem) -> ItemSeed:
    return ItemSeed(item.source, item.title, item.why, item.competency_id, review.shared_at, item.target_level)


def _source(review: Review, part: str) -> str:
    """A need may be worded anew after reopening, under the same id: what a later revision asks for is another item."""
    return f"{source_of(review.pk)}:{part}" + (f":{review.revision}" if review.revision > 1 else "")


def _revision_of(source: str) -> int:
    """The revision that asked for an item."""
    kind, *rest = source.removeprefix(SOURCE).split(":")[1:]
    revision = rest if kind == "focus" else rest[1:]
    return int(revision[0]) if revision else 1


def _why(review: Review) -> str:
    return _("From the review of %s") % review.cycle.name


def _title(need: DevelopmentNeed) -> str:
    return need.description or str(need.competency)


def _not_asked_before(review: Review, seeds: Iterable[ItemSeed], asked: Iterable[PlanItem]) -> tuple[ItemSeed, ...]:
    """A correction does not ask again for what an earlier revision asked for and nobody dropped."""
    earlier = (item for item in asked if _revision_of(item.source) != review.revision)
    known = {item.title for item in earlier if item.state != ItemState.DROPPED}
    return tuple(seed for seed in seeds if seed.title not in known)


def _drop_unwanted(review: Review, seeds: Iterable[ItemSeed], asked: Iterable[PlanItem]) -> None:
    """A correction takes back what it no longer names, unless somebody has begun to act on it."""
    wanted = {seed.title for seed in seeds}
    for item in asked if review.revision > 1 else ():
        is_open = item.state == ItemState.OPEN and item.plan.state == PlanState.OPEN
        if is_open and item.title not in wanted and not item.actions.exists():
            close_item(item, by=None, is_done=False)


def _skills(review: Review, levels: Mapping[int, int]) -> SkillRecord:
    """The day a level is from is the last of the period it speaks of, or the day it was given, if that was sooner."""
    ended = review.cycle.ends_on
    given_on = timezone.localdate(review.completed_at) if review.completed_at else ended
    return SkillRecord(
        employee_id=review.employee_id,
        source=source_of(review.pk),
        source_version=review.revision,
        assessed_on=min(ended, given_on),
        levels=levels,
        shared_at=review.shared_at,
    )
