"""How strong one bench is and how exposed its role. Pure: bands and chances in, numbers with their parts out.

Method: `science.md` 4. B = 1 - prod(1 - q * stay * willing). The chances for each band are documented defaults and no
measurement; whoever reads B on a page reads them beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from talent.enums import Readiness, VacancyRisk

# That somebody of a band could take the role over and would succeed.
CHANCE_OF: dict[str, float] = {Readiness.READY_NOW: 0.9, Readiness.SOON: 0.5, Readiness.LATER: 0.1}
# That the seat falls vacant within a year.
VACANCY_OF: dict[str, float] = {VacancyRisk.LOW: 0.1, VacancyRisk.MEDIUM: 0.3, VacancyRisk.HIGH: 0.6}
# Bands that count as covering a role: whoever is ready within 24 months.
COVERING = frozenset({Readiness.READY_NOW.value, Readiness.SOON.value})


@dataclass(frozen=True)
class Chance:
    """What one successor adds to a bench. `stay` (from 0 to 1) and `is_willing` are None where nobody knows: they then take
    nothing away, and the strength is one at most."""

    band: str
    stay: float | None = None
    is_willing: bool | None = None

    @property
    def of_band(self) -> float:
        """Somebody who only covers in an emergency adds nothing: that is no succession."""
        return CHANCE_OF.get(self.band, 0.0)

    @property
    def value(self) -> float:
        stay = 1.0 if self.stay is None else self.stay
        return 0.0 if self.is_willing is False else self.of_band * stay

    @property
    def is_known(self) -> bool:
        return self.stay is not None and self.is_willing is not None


@dataclass(frozen=True)
class BenchScore:
    """The strength of a bench from 0 to 1, with what it is made of."""

    chances: tuple[Chance, ...]

    @property
    def strength(self) -> float:
        """The chance that at least one of them takes the role, if they do so independently of each other."""
        return 1 - prod(1 - chance.value for chance in self.chances)

    @property
    def percent(self) -> int:
        return round(100 * self.strength)

    @property
    def unknown(self) -> int:
        """Of how many it is not known whether they stay or are willing."""
        return sum(not chance.is_known for chance in self.chances)

    def exposure(self, criticality: int | None, vacancy_risk: str) -> float | None:
        """Criticality (1-5) x chance of a vacancy within a year x (1 - strength); None where nobody judged how critical it is."""
        if criticality is None:
            return None
        return criticality * VACANCY_OF[vacancy_risk] * (1 - self.strength)


def bench_score(chances: Sequence[Chance]) -> BenchScore:
    return BenchScore(tuple(chances))
