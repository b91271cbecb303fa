"""Which units' ratings may be shown together, so that nobody's own can be worked out.

A group of fewer than five is not shown. Nor may it be computed: what remains of a unit when the shown ones below it are
taken away is again nobody, or five and more. Where it would be fewer, the smallest shown neighbour is kept back too.
"""

from collections.abc import Mapping

from performance.insight.span import TOP, steps_below, total

FEWEST = 5


def disclosed(counts: Mapping[str, int]) -> set[str]:
    """The paths of the units that may be shown, given how many ratings lie directly in each; the empty path is all of them."""
    shown: set[str] = set()
    waiting = [TOP] if total(counts, TOP) >= FEWEST else []
    while waiting:
        path = waiting.pop()
        shown.add(path)
        waiting.extend(_showable(path, counts))
    return shown


def _showable(path: str, counts: Mapping[str, int]) -> set[str]:
    """The units one step below that can be shown when this one is."""
    sizes = {below: total(counts, below) for below in steps_below(path, counts)}
    candidates = sorted((size, below) for below, size in sizes.items() if size >= FEWEST)
    hidden = total(counts, path) - sum(size for size, _below in candidates)
    while candidates and 0 < hidden < FEWEST:
        size, _smallest = candidates.pop(0)
        hidden += size
    return {below for _size, below in candidates}
