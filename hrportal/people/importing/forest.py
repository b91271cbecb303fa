"""Rings and depth among managers, found in one walk over everyone."""

from collections.abc import Container, Iterator, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=object)


def rings_of(above: Mapping[Node, Node | None]) -> list[list[Node]]:
    """Every ring of a map from each one to the one above; [] when it is a forest."""
    done: set[Node] = set()
    rings = []
    for start in above:
        trail = list(_upwards(start, above, done))
        end = above.get(trail[-1]) if trail else None
        if end in trail:
            rings.append(trail[trail.index(end) :])
        done.update(trail)
    return rings


def depths_of(above: Mapping[Node, Node | None]) -> dict[Node, int]:
    """How many levels down from the top each one stands, the topmost being 1. Only for a forest."""
    depths: dict[Node, int] = {}
    for start in above:
        trail = list(_upwards(start, above, depths))
        top = above.get(trail[-1]) if trail else None
        depth = depths.get(top, 0) if top is not None else 0
        for node in reversed(trail):
            depth += 1
            depths[node] = depth
    return depths


def _upwards(start: Node, above: Mapping[Node, Node | None], known: Container[Node]) -> Iterator[Node]:
    """From one upwards until the top, somebody known, or somebody met before."""
    met: set[Node] = set()
    node: Node | None = start
    while node is not None and node in above and node not in met and node not in known:
        met.add(node)
        yield node
        node = above[node]
