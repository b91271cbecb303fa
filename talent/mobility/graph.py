"""Career paths around one job as a picture in layers: one step back, the job, and the steps onward.

A job stands in the layer of its shortest way. Lines are drawn from layer to layer; a step within a layer or back is told
in the list beside the picture, which holds every step there is around the jobs that are drawn.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Job
from talent.models import CareerStep
from talent.skills.gap import GapReport

ONWARD = 3
MOST_IN_LAYER = 7
# Measures of the drawing: a layer is 100 wide, of which a box takes what the gaps leave; it is 1000 high.
WIDE, HIGH, GAP = 100, 1000, 9
BACK, HERE = -1, 0
HEADS: dict[int, Promise | str] = {
    BACK: _("Where people come from"),
    HERE: _("You are here"),
    1: _("Next step"),
    2: _("Two steps on"),
    3: _("Three steps on"),
}


@dataclass
class Node:
    """One job of the picture. `step` is the quickest that leads here from the layer before; `months` the way from the
    middle, None where nobody knows how long one of its steps takes."""

    job: Job
    layer: int
    step: CareerStep | None = None
    months: int | None = None
    gap: GapReport | None = None
    place: int = 0


@dataclass
class Layer:
    """Jobs as many steps away. `left_out` of them are not drawn."""

    number: int
    nodes: list[Node]
    left_out: int = 0

    @property
    def head(self) -> Promise | str:
        return HEADS[self.number]


@dataclass(frozen=True)
class Line:
    """A step as it is drawn."""

    path: str
    kind: str


@dataclass
class Paths:
    """What there is around one job."""

    job: Job
    layers: list[Layer]
    steps: list[CareerStep]
    lines: list[Line] = field(default_factory=list)

    @property
    def nodes(self) -> list[Node]:
        return [node for layer in self.layers for node in layer.nodes]

    @property
    def targets(self) -> list[Node]:
        """The jobs onward, nearest first."""
        return [node for node in self.nodes if node.layer > HERE]

    @property
    def width(self) -> int:
        return WIDE * len(self.layers)


def paths_around(job: Job, steps: Sequence[CareerStep]) -> Paths:
    """The picture around a job, of all steps there are, read `with_jobs`."""
    onward: dict[int, list[CareerStep]] = defaultdict(list)
    for step in steps:
        onward[step.from_job_id].append(step)
    seen, layers = {job.pk}, [Layer(HERE, [Node(job, HERE, months=0)])]
    for number in range(1, ONWARD + 1):
        layer = _next(layers[-1].nodes, onward, seen, number)
        if not layer.nodes:
            break
        layers.append(layer)
    before = [step for step in steps if step.to_job_id == job.pk and step.from_job_id not in seen]
    if before:
        layers.insert(0, _cut(BACK, [Node(step.from_job, BACK, step, step.months) for step in before]))
    paths = Paths(job, layers, [])
    _draw(paths, steps)
    return paths


def _next(nodes: Iterable[Node], onward: dict[int, list[CareerStep]], seen: set[int], number: int) -> Layer:
    """The jobs one step further that no shorter way leads to."""
    found: dict[int, Node] = {}
    for node in nodes:
        for step in onward[node.job.pk]:
            if step.to_job_id in seen:
                continue
            candidate = Node(step.to_job, number, step, _together(node.months, step.months))
            known = found.get(step.to_job_id)
            if known is None or _is_quicker(candidate, known):
                found[step.to_job_id] = candidate
    seen.update(found)
    return _cut(number, list(found.values()))


def _together(way: int | None, months: int | None) -> int | None:
    return None if way is None or months is None else way + months


def _is_quicker(one: Node, other: Node) -> bool:
    return one.months is not None and (other.months is None or one.months < other.months)


def _cut(number: int, nodes: list[Node]) -> Layer:
    nodes.sort(key=lambda node: (node.months is None, node.months or 0, node.job.name, node.job.pk))
    for place, node in enumerate(nodes[:MOST_IN_LAYER]):
        node.place = place
    return Layer(number, nodes[:MOST_IN_LAYER], max(0, len(nodes) - MOST_IN_LAYER))


def _draw(paths: Paths, steps: Sequence[CareerStep]) -> None:
    drawn = {node.job.pk: (column, node) for column, layer in enumerate(paths.layers) for node in layer.nodes}
    for step in steps:
        if step.from_job_id not in drawn or step.to_job_id not in drawn:
            continue
        paths.steps.append(step)
        (column, start), (next_column, end) = drawn[step.from_job_id], drawn[step.to_job_id]
        if next_column == column + 1:
            path = _curve(column, _middle(start, paths.layers[column]), _middle(end, paths.layers[next_column]))
            paths.lines.append(Line(path, step.kind))


def _middle(node: Node, layer: Layer) -> int:
    """How far down the middle of a box lies: the boxes of a layer share its height evenly."""
    return HIGH * (2 * node.place + 1) // (2 * len(layer.nodes))


def _curve(column: int, start: int, end: int) -> str:
    left, right = WIDE * (column + 1) - GAP, WIDE * (column + 1) + GAP
    turn = WIDE * (column + 1)
    return f"M{left} {start} C{turn} {start} {turn} {end} {right} {end}"
