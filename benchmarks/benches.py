"""All benches together: 2,000 roles and 10,000 candidates, matched so that distinct people fill as many as possible."""

from collections.abc import Iterator
from random import Random

from benchmarks.measuring import Result, seconds
from talent.scores.matching import matching_of

ROLES, CANDIDATES, ON_EACH = 2_000, 10_000, 5
MOST_SECONDS, MOST_TIMES = 2, 12


def measure_benches() -> Iterator[Result]:
    """Matching, and who is a single point of failure, against one look at every place."""
    luck = Random(1)
    # Half of the places are held by a few who stand on many benches: then many must move on for one to fit.
    popular = range(ROLES)
    options = {
        -role: [*luck.sample(popular, ON_EACH // 2), *luck.sample(range(CANDIDATES), ON_EACH - ON_EACH // 2)]
        for role in range(1, ROLES + 1)
    }
    places = sum(map(len, options.values()))
    floor = seconds(lambda: {(role, person) for role, people in options.items() for person in people})
    taken = seconds(lambda: matching_of(options).single_points)
    print(f"benches: {ROLES:,} roles, {CANDIDATES:,} candidates: {taken:.3f} s (promised {MOST_SECONDS} s)")
    yield Result("roles matched to distinct people", places, "one look at each place", floor, taken, MOST_TIMES)
