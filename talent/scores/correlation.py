"""How far two levels go together: Pearson's r with Fisher's interval (1915), and a warning where they hardly differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh

ENOUGH_PAIRS = 10
Z = 1.96
# Performance and potential that correlate above this are hardly told apart.
WARN_ABOVE = 0.7
ALMOST_ONE = 0.999999


@dataclass(frozen=True)
class Correlation:
    """r with its interval and of how many people."""

    value: float
    low: float
    high: float
    count: int

    @property
    def is_too_high(self) -> bool:
        return self.value > WARN_ABOVE


def correlation(pairs: Sequence[tuple[float, float]]) -> Correlation | None:
    """r of pairs; None of fewer than ten, or where one side never varies."""
    count = len(pairs)
    if count < ENOUGH_PAIRS:
        return None
    mean_x, mean_y = (sum(side) / count for side in zip(*pairs, strict=True))
    across = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    spread = sqrt(sum((x - mean_x) ** 2 for x, _ in pairs) * sum((y - mean_y) ** 2 for _, y in pairs))
    if spread <= 1e-12:
        return None
    value = max(-1.0, min(1.0, across / spread))
    centre, margin = atanh(max(-ALMOST_ONE, min(ALMOST_ONE, value))), Z / sqrt(count - 3)
    return Correlation(value, tanh(centre - margin), tanh(centre + margin), count)
