"""An analysis as its page shows it: every figure worked out from what was counted and stored."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from talent.freshness import Freshness
from talent.models import GapAnalysis
from talent.scores.shortfall import Shortfall, shortfall
from talent.skills.organisation import REST, TOTAL

# Forecasts and levels move slowly; a quarter on, an analysis is history.
STAYS_CURRENT = datetime.timedelta(days=92)
NO_NEED = "none"


@dataclass(frozen=True)
class HeatCell:
    """How many people are missing in one competency and one part; None where no seat asks for it."""

    label: str
    shortfall: Shortfall | None
    stale: int = 0

    @property
    def share(self) -> float | None:
        """What is missing at most, of all seats that ask for it: 0 to 100."""
        if self.shortfall is None or not self.shortfall.need:
            return None
        return 100 * self.shortfall.high / self.shortfall.need

    @property
    def tone(self) -> str:
        """How it is coloured: nothing asked, covered, open (it depends on people not assessed), missing, many missing."""
        if self.shortfall is None:
            return NO_NEED
        if not self.shortfall.high:
            return "met"
        if not self.shortfall.low:
            return "unknown"
        return "critical" if 2 * self.shortfall.low >= self.shortfall.need else "gap"


@dataclass(frozen=True)
class HeatRow:
    """One competency: the whole, and each part."""

    id: int
    name: str
    total: HeatCell
    cells: list[HeatCell]

    @property
    def all_cells(self) -> list[HeatCell]:
        return [self.total, *self.cells]


@dataclass(frozen=True)
class AnalysisLine:
    """One level of one competency in one part, as a line to take away."""

    part: str
    competency: str
    level: int
    need: int
    have: int
    unknown: int
    low: int
    high: int


class AnalysisReport:
    """The heat map of an analysis, with its inputs."""

    def __init__(self, analysis: GapAnalysis) -> None:
        self.analysis, self.figures = analysis, analysis.figures

    @property
    def inputs(self) -> dict[str, Any]:
        """People, forecasts and what nobody forecast, as counted."""
        return self.figures

    @cached_property
    def columns(self) -> list[dict[str, str]]:
        return [
            column | {"label": column["label"] or self._nameless(column["key"])} for column in self.figures["columns"]
        ]

    @staticmethod
    def _nameless(key: str) -> str:
        return _("In no unit below") if key == REST else _("No family")

    @cached_property
    def rows(self) -> list[HeatRow]:
        """By competency, what is missing most first."""
        rows = [self._row(row["id"], row["name"]) for row in self.figures["competencies"]]
        return sorted(rows, key=_missing_most)

    def row(self, competency: str) -> HeatRow | None:
        """The row of one competency, by its id as a URL names it; None where it is not among them."""
        return next((row for row in self.rows if str(row.id) == competency), None)

    def _row(self, pk: int, name: str) -> HeatRow:
        total = self._cell(TOTAL, pk, _("All"))
        return HeatRow(pk, name, total, [self._cell(column["key"], pk, column["label"]) for column in self.columns])

    def _cell(self, key: str, pk: int, label: str) -> HeatCell:
        counted = self.figures["cells"].get(key, {}).get(str(pk))
        if counted is None:
            return HeatCell(label, None)
        return HeatCell(label, shortfall(counted["need"], counted["have"], counted["unknown"]), counted["stale"])

    def freshness(self, now: datetime.datetime) -> Freshness:
        """Whether the figures are of late."""
        computed = self.analysis.computed_at
        if computed is None:
            return Freshness.UNKNOWN
        return Freshness.FRESH if computed >= now - STAYS_CURRENT else Freshness.STALE

    def lines(self) -> Iterator[AnalysisLine]:
        """Everything the map says, level by level."""
        for row in self.rows:
            for cell in row.all_cells:
                for at in cell.shortfall.lines if cell.shortfall else ():
                    unknown = cell.shortfall.unknown if cell.shortfall else 0
                    yield AnalysisLine(cell.label, row.name, at.level, at.need, at.have, unknown, at.low, at.high)


def _missing_most(row: HeatRow) -> tuple[int, int, str]:
    found = row.total.shortfall
    return (-found.low, -found.high, row.name) if found else (0, 0, row.name)
