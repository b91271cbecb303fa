"""Items in development plans, and whether their people see them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from calibration.bridge.sources import SOURCE, part_of, review_id_of
from calibration.enums import HandOverKind, Mismatch
from calibration.reconciliation.versioned import Effect, Judgements, mismatch_shown
from performance.enums import Side
from performance.models import DevelopmentNeed, Review
from talent.enums import ItemState, PlanState
from talent.models import PlanAction, PlanItem

NEED, FOCUS = "need:", "focus"


@dataclass(frozen=True)
class Item:
    """An item of a plan as its review asked for it."""

    part: str
    title: str
    state: str
    is_shared: bool
    can_be_dropped: bool

    @property
    def base(self) -> str:
        """What asked for it, whichever revision: a need, else a gap, else the focus that stands for neither."""
        word, _, rest = self.part.partition(":")
        return word if word == FOCUS else f"{word}:{rest.partition(':')[0]}"

    @property
    def is_dropped(self) -> bool:
        return self.state == ItemState.DROPPED


class Plans(Effect):
    """Each need of a completed review is an item of its person's plan; a review that names none asks for something else."""

    kind = HandOverKind.PLAN
    carriers = (HandOverKind.PLAN,)

    def judge(self, reviews: Sequence[Review]) -> Judgements:
        needs = _needs_of([review for review in reviews if review.is_finished])
        items = items_of(reviews)
        return {
            review.pk: _mismatch(review, needs.get(review.pk, {}), items.get(review.pk, []))
            for review in reviews
            if review.is_finished or items.get(review.pk)
        }

    def rows(self) -> QuerySet:
        return PlanItem.objects.filter(source__startswith=SOURCE).values_list("pk", "source", "plan__employee")


class Sharing(Effect):
    """What a review put into a plan is seen by its person from the day on which the review is shared, and not before."""

    kind = HandOverKind.SHARING
    carriers = (HandOverKind.SHARING, HandOverKind.PLAN)

    def judge(self, reviews: Sequence[Review]) -> Judgements:
        items = items_of(reviews)
        return {
            review.pk: mismatch_shown(review, [item.is_shared for item in items.get(review.pk, [])])
            for review in reviews
            if review.is_seen_by_employee or items.get(review.pk)
        }

    def rows(self) -> QuerySet:
        return PlanItem.objects.none()  # the same rows as those of the plans


def items_of(reviews: Sequence[Review]) -> Mapping[int, list[Item]]:
    """What each review put into its person's plans."""
    person_of = {review.pk: review.employee_id for review in reviews}
    rows = PlanItem.objects.filter(plan__employee__in=set(person_of.values()), source__startswith=SOURCE)
    rows = rows.annotate(is_begun=Exists(PlanAction.objects.filter(item=OuterRef("pk")))).order_by("pk")
    found: dict[int, list[Item]] = defaultdict(list)
    for source, employee, title, state, shared_at, plan_state, is_begun in rows.values_list(
        "source", "plan__employee", "title", "state", "shared_at", "plan__state", "is_begun"
    ):
        review = review_id_of(source)
        if review is None or person_of.get(review) != employee:
            continue
        can_be_dropped = state == ItemState.OPEN and plan_state == PlanState.OPEN and not is_begun
        found[review].append(Item(part_of(source), title, state, shared_at is not None, can_be_dropped))
    return found


def _needs_of(reviews: Sequence[Review]) -> Mapping[int, dict[str, str]]:
    """What the managers' parts name, by review: title by part of the source."""
    named: dict[int, dict[str, str]] = defaultdict(dict)
    rows = DevelopmentNeed.objects.filter(part__side=Side.MANAGER, part__review__in=reviews)
    for review, pk, description, competency in rows.values_list(
        "part__review", "pk", "description", "competency__name"
    ):
        named[review][f"{NEED}{pk}"] = description or competency or ""
    return named


def _mismatch(review: Review, needs: Mapping[str, str], items: Sequence[Item]) -> Mismatch | None:
    if not review.is_finished:
        # What was carried stays until the review is completed again; what was never completed carries nothing.
        return Mismatch.UNFOUNDED if review.revision == 1 else None
    if not _is_all_there(review, needs, items):
        return Mismatch.NOT_THERE
    if max(Counter((item.base, item.title) for item in items if item.state == ItemState.OPEN).values(), default=0) > 1:
        return Mismatch.TWICE
    return Mismatch.UNFOUNDED if any(_is_unwanted(item, needs) for item in items) else None


def _is_all_there(review: Review, needs: Mapping[str, str], items: Sequence[Item]) -> bool:
    """Each need has its item, from this revision or an earlier one. A dropped one counts only if this revision asked for it."""
    revision = f":{review.revision}" if review.revision > 1 else ""
    if not needs:
        return any(not item.is_dropped or item.part.endswith(revision) for item in items)
    parts, titles = {item.part for item in items}, {item.title for item in items if not item.is_dropped}
    return all(part + revision in parts or title in titles for part, title in needs.items())


def _is_unwanted(item: Item, needs: Mapping[str, str]) -> bool:
    """Whether a correction no longer names it and nobody has begun, so that it should have been dropped. What stands for
    needs is wanted where none is named."""
    is_named = item.base in needs or item.title in needs.values()
    return item.can_be_dropped and not is_named and bool(needs or item.part.startswith(NEED))
