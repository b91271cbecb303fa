"""Which figures may be published, so that no group, and no difference of figures, leaves fewer people than promised.

The figures of one question are *cells*: sets of groups whose answers are counted together. Cells do not overlap; a total
over all of them is published only when every answer is in one. So whatever is added to or taken from each other is a
union of cells, and each cell holds enough people.
"""

from collections.abc import Iterable, Mapping

Cell = frozenset[str]


def publishable(counts: Mapping[str, int], minimum: int) -> list[Cell]:
    """The cells of one question: each group with enough answers, and the smaller ones together if that is enough."""
    large = [frozenset({group}) for group, count in counts.items() if count >= minimum]
    small = frozenset(group for group, count in counts.items() if 0 < count < minimum)
    return [*large, small] if small and answers_in(small, counts) >= minimum else large


def answers_in(cell: Iterable[str], counts: Mapping[str, int]) -> int:
    """How many answers a cell holds."""
    return sum(counts.get(group, 0) for group in cell)


def readable(cells: Iterable[Cell], counts: Mapping[str, int], minimum: int, own_groups: Iterable[str]) -> list[Cell]:
    """The cells a reader gets who may have answered in some groups: they could subtract what they said themselves.

    Always some of the published cells and never others, so that two readers who compare learn nothing more.
    """
    own = frozenset(own_groups)
    return [cell for cell in cells if answers_in(cell, counts) - len(cell & own) >= minimum]


def holds_all(cells: Iterable[Cell], counts: Mapping[str, int]) -> bool:
    """Whether every answer is in one of these cells: only then may a total over all be told."""
    covered = frozenset[str]().union(*cells)
    return bool(covered) and all(group in covered for group, count in counts.items() if count)
