"""The arithmetic of goals: how far along one measure is, and what many parts come to. Pure; unknown stays unknown."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

PLACES = Decimal("0.01")
NOTHING, ALL = Decimal(0), Decimal(100)


@dataclass(frozen=True)
class Part:
    """One thing a goal's progress rests on. `raw` is None while it was not measured; weight 0 shows but does not count."""

    raw: Decimal | None
    weight: int = 1
    shown: Decimal | None = None

    @property
    def progress(self) -> Decimal | None:
        """Within 0 to 100; of a goal that contributes, the progress it shows."""
        return self.shown if self.shown is not None or self.raw is None else clamped(self.raw)


@dataclass(frozen=True)
class Rolled:
    """What the parts come to, and how many of those that count were measured."""

    progress: Decimal | None
    raw: Decimal | None
    measured: int
    parts: int


def interpolated(baseline: Decimal, target: Decimal, current: Decimal | None) -> Decimal | None:
    """How far from start to target, in per cent, rising or falling targets alike; may lie outside 0 to 100."""
    if current is None:
        return None
    return (current - baseline) / (target - baseline) * 100


def clamped(raw: Decimal) -> Decimal:
    """A raw value within 0 to 100."""
    return max(NOTHING, min(ALL, raw))


def rolled_up(parts: Iterable[Part]) -> Rolled:
    """The weighted mean of the measured parts. Unmeasured parts are left out and the others weigh more, never zero.

    Every part is clamped before the mean is taken, so that one overshoot cannot hide another part's failure.
    """
    counting = [part for part in parts if part.weight]
    measured = [(part.progress, part.raw, part.weight) for part in counting if part.raw is not None]
    if not measured:
        return Rolled(None, None, 0, len(counting))
    return Rolled(
        progress=_mean([(shown or NOTHING, weight) for shown, _raw, weight in measured]),
        raw=_mean([(raw, weight) for _shown, raw, weight in measured]),
        measured=len(measured),
        parts=len(counting),
    )


def _mean(weighted: list[tuple[Decimal, int]]) -> Decimal:
    total = sum((value * weight for value, weight in weighted), NOTHING)
    return (total / sum(weight for _value, weight in weighted)).quantize(PLACES, ROUND_HALF_UP)
