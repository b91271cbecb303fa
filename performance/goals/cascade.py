"""The cascade of goals as it is drawn: each goal below the nearest goal above it that the reader may see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from hrportal.people.viewer import Principal
from performance.models import Objective


@dataclass
class Node:
    """A goal in the tree. `is_found` tells what was asked for from what only leads there."""

    goal: Objective
    is_found: bool = True
    above: Objective | None = None
    children: list["Node"] = field(default_factory=list)

    @property
    def unshown(self) -> int:
        """How many contributing goals are not drawn below it."""
        below = sum(child.goal.parent_id == self.goal.pk for child in self.children)
        return max(0, (getattr(self.goal, "contributors", 0) or 0) - below)


def forest(goals: Iterable[Objective], found: set[int] | None = None) -> list[Node]:
    """The goals as trees. In the order of paths whatever is above comes first, so one walk is enough."""
    roots: list[Node] = []
    line: list[Node] = []
    for goal in sorted(goals, key=lambda each: each.path):
        while line and not goal.path.startswith(line[-1].goal.path):
            line.pop()
        node = Node(goal, found is None or goal.pk in found, line[-1].goal if line else None)
        (line[-1].children if line else roots).append(node)
        line.append(node)
    return roots


def flat(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every node, each followed by what is below it."""
    for node in nodes:
        yield node
        yield from flat(node.children)


def with_all_above(goals: list[Objective], user: Principal) -> list[Objective]:
    """The goals and every goal above them that the reader may see; two queries however many there are."""
    here = {goal.pk for goal in goals}
    above = {pk for goal in goals for pk in goal.above} - here
    seen = Objective.objects.visible_to(user).filter(pk__in=above).with_results().with_contributors(user)
    return [*goals, *seen]
