"""What check-ins come to: the stored progress of goals, worked out upwards through the cascade."""

from collections.abc import Iterable, Iterator

from django.db.models.functions import Length

from hrportal.common.paths import ids_of
from hrportal.people.trees import share_tree
from performance.enums import GoalState, ProgressFrom
from performance.goals.progress import Part, Rolled, rolled_up
from performance.models import KeyResult, Objective

STORED = ("progress", "raw_progress", "parts_measured", "parts_count")
COUNTED_CHILDREN = (GoalState.ACTIVE, GoalState.CLOSED)


def refresh_progress(objective_ids: Iterable[int]) -> None:
    """Work out these goals anew, then whatever they contribute to, as far up as something changes.

    A goal that is over, or whose period is closed, keeps the progress it ended with. Call inside the transaction of
    the change. Rows are locked from the deepest up, in everybody's order, so that no two wait for each other.
    """
    share_tree(Objective)
    due = set(objective_ids)
    for pk in _upwards(due):
        if pk in due and (goal := _locked(pk)) and _store(goal):
            due |= {goal.parent_id} if goal.parent_id else set()


def lock_upwards(objective_ids: Iterable[int]) -> None:
    """Lock many goals and all above them at once, in the order in which everybody locks them: the tree, then the deepest first."""
    share_tree(Objective)
    rows = Objective.objects.select_for_update(of=("self",)).filter(pk__in=_upwards(objective_ids))
    list(rows.order_by(Length("path").desc(), "pk").values_list("pk", flat=True))


def _upwards(ids: Iterable[int]) -> list[int]:
    """These goals and all above them, deepest first."""
    depths: dict[int, int] = {}
    for path in Objective.objects.filter(pk__in=ids).order_by().values_list("path", flat=True):
        depths |= {pk: depth for depth, pk in enumerate(ids_of(path))}
    return sorted(depths, key=lambda pk: (-depths[pk], pk))


def _locked(pk: int) -> Objective | None:
    return Objective.objects.changeable().select_for_update(of=("self",)).filter(pk=pk).first()


def _store(goal: Objective) -> bool:
    """Write what the goal's parts come to; whether that differs from before."""
    rolled = rolled_up(_parts(goal))
    now = (rolled.progress, rolled.raw, rolled.measured, rolled.parts)
    if now == tuple(getattr(goal, name) for name in STORED):
        return False
    _set(goal, rolled)
    goal.save(update_fields=[*STORED, "updated_at"])
    return True


def _set(goal: Objective, rolled: Rolled) -> None:
    goal.progress, goal.raw_progress = rolled.progress, rolled.raw
    goal.parts_measured, goal.parts_count = rolled.measured, rolled.parts


def _parts(goal: Objective) -> Iterator[Part]:
    if goal.progress_from != ProgressFrom.CHILDREN:
        for result in KeyResult.objects.filter(objective=goal.pk):
            yield Part(result.raw_progress, result.weight)
    if goal.progress_from != ProgressFrom.RESULTS:
        children = Objective.objects.filter(parent=goal.pk, state__in=COUNTED_CHILDREN).order_by()
        for raw, shown, weight in children.values_list("raw_progress", "progress", "weight"):
            yield Part(raw, weight, shown)
