"""Going over all reviews, and back over all that names one, in bites: a handful of queries for each, however many there are.

Reviews change while they are looked at. So what is due to be delivered is read before the other side is, and whatever seems
amiss is looked at once more; only what is still amiss then is a difference.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count

from calibration.bridge.sources import review_id_of
from calibration.enums import DifferenceKind, HandOverKind, Mismatch
from calibration.models import Difference, HandOver
from calibration.reconciliation.effects import EFFECTS
from calibration.reconciliation.versioned import Effect
from hrportal.journal.enums import DeliveryState
from performance.models import Review
from talent.models import DevelopmentPlan

BITE = 1000


@dataclass
class Bite:
    """What was found about some reviews, or some rows.

    `compared` of the completed ones were covered by an effect or more; `covered` says how many by each.
    """

    looked_at: int = 0
    compared: int = 0
    covered: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)


def compare_all(size: int = BITE) -> Iterator[Bite]:
    """Over all reviews, then back. Each bite can be kept by itself."""
    last = 0
    while ids := list(Review.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:size]):
        last = ids[-1]
        yield compare(ids)
    for effect in EFFECTS:
        yield from _strangers(effect, size)
    yield Bite(differences=_second_plans())


def compare(ids: Sequence[int]) -> Bite:
    """What differs about these reviews."""
    bite = _look_at(ids)
    if suspects := {difference.review_id for difference in bite.differences}:
        bite.differences = _look_at(sorted(pk for pk in suspects if pk)).differences
    return bite


def _look_at(ids: Sequence[int]) -> Bite:
    reviews = list(Review.objects.filter(pk__in=ids).order_by("pk"))
    under_way = _under_way(ids)
    bite = Bite(len(reviews))
    compared: set[int] = set()
    for effect in EFFECTS:
        judged = effect.judge(reviews)
        compared |= judged.keys()
        bite.covered[effect.kind] = len(judged)
        bite.differences += [
            _difference(effect, review, mismatch, under_way.get(review.pk, {}))
            for review in reviews
            if (mismatch := judged.get(review.pk))
        ]
    bite.compared = sum(review.is_finished and review.pk in compared for review in reviews)
    return bite


def _under_way(ids: Iterable[int]) -> Mapping[int, Mapping[str, str]]:
    """What of these reviews is not delivered yet: state by subscriber. Something pending outweighs something parked."""
    waiting = HandOver.objects.exclude(state=DeliveryState.DONE).filter(
        subscriber__in=HandOverKind.values, fact__subject_type=Review._meta.label_lower, fact__subject_id__in=ids
    )
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for review, subscriber, state in waiting.order_by("state").values_list("fact__subject_id", "subscriber", "state"):
        found[review][subscriber] = state  # "parked" comes before "pending"
    return found


def _difference(effect: Effect, review: Review, mismatch: Mismatch, under_way: Mapping[str, str]) -> Difference:
    states = {under_way.get(carrier) for carrier in effect.carriers}
    if DeliveryState.PENDING in states:
        kind = DifferenceKind.PENDING
    elif DeliveryState.PARKED in states:
        kind = DifferenceKind.PARKED
    else:
        kind = mismatch.kind
    return Difference(
        effect=effect.kind, kind=kind, mismatch=mismatch, employee_id=review.employee_id, review_id=review.pk
    )


def _strangers(effect: Effect, size: int) -> Iterator[Bite]:
    """Rows that name a review there is not, or one about somebody else: over the reviews they are never met."""
    last = 0
    while rows := list(effect.rows().filter(pk__gt=last).order_by("pk")[:size]):
        last = rows[-1][0]
        named = {review_id for _pk, source, _employee in rows if (review_id := review_id_of(source))}
        people = dict(Review.objects.filter(pk__in=named).values_list("pk", "employee"))
        yield Bite(differences=list(_unnamed(effect, rows, people)))


def _unnamed(effect: Effect, rows: Iterable[tuple[int, str, int]], people: Mapping[int, int]) -> Iterator[Difference]:
    for _pk, source, employee in rows:
        person = people.get(review_id_of(source) or 0)
        if person == employee or (person and effect.finds_strangers):
            continue
        mismatch = Mismatch.OTHER_PERSON if person else Mismatch.NO_REVIEW
        yield Difference(effect=effect.kind, kind=mismatch.kind, mismatch=mismatch, employee_id=employee)


def _second_plans() -> list[Difference]:
    """People with more than one open plan."""
    open_plans = DevelopmentPlan.objects.open().order_by().values("employee").annotate(plans=Count("pk"))
    return [
        Difference(
            effect=HandOverKind.PLAN, kind=DifferenceKind.EXTRA, mismatch=Mismatch.SECOND_PLAN, employee_id=employee
        )
        for employee in open_plans.filter(plans__gt=1).order_by("employee").values_list("employee", flat=True)
    ]
