"""What of the catalogue would build what an item asks for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from talent.models import LearningItem, PlanItem

MOST = 3


@dataclass(frozen=True)
class Suggestions:
    """Entries of the catalogue by the competency they build."""

    by_competency: dict[int, list[LearningItem]] = field(default_factory=dict)

    def of(self, item: PlanItem) -> list[LearningItem]:
        """Those that lead from where an item starts to its target, the nearest to the target first, the shorter of equals."""
        found = [entry for entry in self.by_competency.get(item.competency_id or 0, ()) if leads_on(entry, item)]
        return sorted(found, key=lambda entry: _order(entry, item))[:MOST]


def leads_on(entry: LearningItem, item: PlanItem) -> bool:
    """Whether it builds up to a level the person does not have yet. An entry that names no level may."""
    now = item.from_level if item.reached_level is None else item.reached_level
    return entry.level is None or now is None or entry.level > now


def _order(entry: LearningItem, item: PlanItem) -> tuple[bool, int, float, int]:
    distance = abs((entry.level or 0) - (item.target_level or entry.level or 0))
    return entry.level is None, distance, float(entry.hours) if entry.hours is not None else float("inf"), entry.pk


def suggestions_for(items: Iterable[PlanItem]) -> Suggestions:
    """For many items at once; one query."""
    wanted = {item.competency_id for item in items if item.competency_id}
    by_competency: dict[int, list[LearningItem]] = defaultdict(list)
    for entry in LearningItem.objects.active().filter(competency__in=wanted).select_related("competency"):
        by_competency[entry.competency_id or 0].append(entry)
    return Suggestions(dict(by_competency))


def suggested_for(item: PlanItem) -> list[LearningItem]:
    """For one item."""
    return suggestions_for([item]).of(item)
