"""The critical roles as an organisation chart: each below the nearest critical role above it that the reader may see."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from hrportal.common.paths import WIDTH
from hrportal.people.viewer import Principal
from talent.enums import VacancyRisk
from talent.models import SuccessionPlan
from talent.scores.bench import BenchScore
from talent.succession.chances import known_of_plans, score_of_bench

MOST_DRAWN = 300


@dataclass
class Node:
    """One seat with its bench. `is_exposed` is the red flag: likely to fall vacant, and nobody ready now."""

    plan: SuccessionPlan
    score: BenchScore
    level: int = 1
    children: list["Node"] = field(default_factory=list)

    @property
    def percent(self) -> int:
        """The strength of the bench in per cent."""
        return round(100 * self.score.strength)

    @property
    def is_exposed(self) -> bool:
        is_likely = self.plan.vacancy_risk == VacancyRisk.HIGH or self.plan.incumbent is None
        return is_likely and not self.plan.ready_now

    @property
    def cover(self) -> Any:
        return self.plan.strength.cover

    @property
    def is_stale(self) -> bool:
        return self.plan.strength.is_stale(timezone.localdate())


def chart_of(plans: Sequence[SuccessionPlan], user: Principal) -> list[Node]:
    """The trees of these plans, read `with_bench`; four queries, however many there are.

    A seat lies below the one whose incumbent is the nearest above its own incumbent; a vacant one below the topmost seat of
    the nearest unit above.
    """
    known = known_of_plans(plans, user)
    nodes = [Node(plan, score_of_bench(plan.bench, known)) for plan in plans]
    held = {_path(node): node for node in nodes if node.plan.incumbent}
    roots: list[Node] = []
    for node in nodes:
        above = _above(node, held) if node.plan.incumbent else _above_unit(node, nodes)
        (above.children if above else roots).append(node)
    _set_levels(roots)
    return roots


def _path(node: Node) -> str:
    incumbent = node.plan.incumbent
    return incumbent.path if incumbent else ""


def _above(node: Node, held: dict[str, Node]) -> Node | None:
    path = _path(node)
    ends = range(len(path) - WIDTH, 0, -WIDTH)
    return next((held[path[:end]] for end in ends if path[:end] in held), None)


def _above_unit(node: Node, nodes: Iterable[Node]) -> Node | None:
    """The topmost held seat in the unit of a vacant one, or in the nearest unit above."""
    unit = node.plan.position.org_unit
    if unit is None:
        return None
    near = [
        each for each in nodes if each.plan.incumbent and _unit_path(each) and unit.path.startswith(_unit_path(each))
    ]
    return max(near, key=lambda each: (len(_unit_path(each)), -len(_path(each))), default=None)


def _unit_path(node: Node) -> str:
    unit = node.plan.position.org_unit
    return unit.path if unit else ""


def _set_levels(nodes: Iterable[Node], level: int = 1) -> None:
    for node in nodes:
        node.level = level
        _set_levels(node.children, level + 1)


def flat(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every node, each followed by what is below it."""
    for node in nodes:
        yield node
        yield from flat(node.children)
