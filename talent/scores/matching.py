"""Distinct people for distinct roles: how many roles a set of benches can really fill at once. Pure.

A maximum matching of a bipartite graph by Hopcroft and Karp (1973), in O(edges * sqrt(nodes)); who is in every maximum
matching follows from it by alternating paths (Dulmage and Mendelsohn 1958).
"""

from collections import deque
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

Options = Mapping[Hashable, Sequence[Hashable]]


@dataclass(frozen=True)
class Matching:
    """Who would take which role so that as many roles as possible are taken. `options` say who could take what."""

    options: Options
    taken_by: dict[Hashable, Hashable]

    @property
    def size(self) -> int:
        """How many roles can be filled at once by distinct people: the net coverage, before it is divided by the roles."""
        return len(self.taken_by)

    @cached_property
    def slots(self) -> int:
        """How many places on benches there are, the same person counted on each."""
        return sum(len(set(people)) for people in self.options.values())

    @cached_property
    def people(self) -> frozenset[Hashable]:
        """The distinct people on these benches."""
        return frozenset(person for people in self.options.values() for person in people)

    @property
    def overlap(self) -> float | None:
        """Places for each distinct person: 1 where nobody stands on two benches; None where nobody stands on any."""
        return self.slots / len(self.people) if self.people else None

    @cached_property
    def single_points(self) -> frozenset[Hashable]:
        """People without whom one role fewer can be filled: those in every maximum matching.

        A matched person can be spared if an alternating path leads to them from a person who is left over.
        """
        roles_of: dict[Hashable, list[Hashable]] = {}
        for role, people in self.options.items():
            for person in people:
                roles_of.setdefault(person, []).append(role)
        matched = set(self.taken_by.values())
        spared = set(self.people - matched)
        queue = deque(spared)
        while queue:
            for role in roles_of[queue.popleft()]:
                other = self.taken_by.get(role)
                if other is not None and other not in spared:
                    spared.add(other)
                    queue.append(other)
        return frozenset(matched - spared)


def matching_of(options: Options) -> Matching:
    """A maximum matching of roles to people. The same input gives the same matching."""
    taken: dict[Hashable, Hashable] = {}  # role -> person
    role_of: dict[Hashable, Hashable] = {}  # person -> role
    while True:
        layers = _layers(options, taken, role_of)
        if layers is None:
            return Matching(options, taken)
        for role in options:
            if role not in taken:
                _augment(role, options, layers, taken, role_of)


def _layers(
    options: Options, taken: Mapping[Hashable, Hashable], role_of: Mapping[Hashable, Hashable]
) -> dict[Hashable, int] | None:
    """Each role's distance from a role without a person, as far as the nearest person without a role; None if there is none."""
    distance = {role: 0 for role in options if role not in taken}
    queue = deque(distance)
    nearest: int | None = None
    while queue:
        role = queue.popleft()
        if nearest is not None and distance[role] >= nearest:
            continue
        for person in options[role]:
            following = role_of.get(person)
            if following is None:
                nearest = distance[role] + 1
            elif following not in distance:
                distance[following] = distance[role] + 1
                queue.append(following)
    return None if nearest is None else distance


def _augment(
    start: Hashable,
    options: Options,
    layers: dict[Hashable, int],
    taken: dict[Hashable, Hashable],
    role_of: dict[Hashable, Hashable],
) -> bool:
    """Find a free person along the layers and hand everybody on the way one role further. Without recursion: ways may be long."""
    way: list[Hashable] = [start]
    tried = {start: iter(options[start])}
    chosen: list[Hashable] = []
    while way:
        role = way[-1]
        for person in tried[role]:
            following = role_of.get(person)
            if following is None:
                for each, hand in zip(way, [*chosen, person], strict=True):
                    taken[each], role_of[hand] = hand, each
                return True
            if layers.get(following) == layers[role] + 1 and following not in tried:
                chosen.append(person)
                way.append(following)
                tried[following] = iter(options[following])
                break
        else:
            layers[role] = -1  # nothing leads on from here in this round
            way.pop()
            if chosen:
                chosen.pop()
    return False
