"""Which people may be summed up together, so that no figure, and no difference of figures, is about fewer than promised. Pure.

A unit's people form a cell when they are enough; where they are not, they are added to what is left over in the unit above.
Cells never overlap, so whatever is added to or taken from each other is a union of cells, and each holds enough people.
"""

from collections import defaultdict
from collections.abc import Mapping

from hrportal.common.paths import WIDTH

FEWEST = 3


def cells_of(people: Mapping[int, str], fewest: int = FEWEST) -> dict[str, frozenset[int]]:
    """The cells of some people, given the path of each one's unit: the path of the unit that names a cell, and who is in it.

    The cell of a unit holds people of that unit and of units below it that were too few for themselves. Those who are left over
    at the very top are in no cell.
    """
    waiting: dict[str, set[int]] = defaultdict(set)
    for person, path in people.items():
        waiting[path].add(person)
    cells: dict[str, frozenset[int]] = {}
    while waiting:
        path = max(waiting, key=len)
        here = waiting.pop(path)
        if len(here) >= fewest:
            cells[path] = frozenset(here)
        elif len(path) > WIDTH:
            waiting[path[:-WIDTH]] |= here
    return cells
