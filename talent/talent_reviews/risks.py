"""The second grid: how likely somebody leaves by what that would cost, of the same people. It shows what retention knows
and leads there; nothing is decided here."""

from collections import defaultdict
from dataclasses import dataclass

from talent.enums import RiskLevel
from talent.models import FlightRisk, ReviewMember
from talent.talent_reviews.board import Table

LEVELS = (RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH)


@dataclass
class RiskCell:
    """One crossing of likelihood and impact with who lies there."""

    likelihood: RiskLevel
    impact: RiskLevel
    risks: list[FlightRisk]

    @property
    def tone(self) -> str:
        """Shaded by how much of both there is."""
        total = LEVELS.index(self.likelihood) + LEVELS.index(self.impact)
        return "low" if total >= 3 else "mid" if total == 2 else "high"


@dataclass
class RiskGrid:
    """Rows by impact, highest first, and those of whom no risk is known to the reader."""

    rows: list[tuple[RiskLevel, list[RiskCell]]]
    unknown: list[ReviewMember]
    known: int


def risk_grid(table: Table) -> RiskGrid:
    """The risks of everybody on the list that this reader may see, by the rights of retention."""
    members = list(table.members.with_people())
    people = [member.employee_id for member in members]
    found: dict[tuple[str, str], list[FlightRisk]] = defaultdict(list)
    known: set[int] = set()
    for risk in FlightRisk.objects.visible_to(table.user).current().filter(employee__in=people).with_people():
        found[risk.likelihood, risk.impact].append(risk)
        known.add(risk.employee_id)
    rows = [
        (impact, [RiskCell(likelihood, impact, found[likelihood, impact]) for likelihood in LEVELS])
        for impact in reversed(LEVELS)
    ]
    return RiskGrid(rows, [member for member in members if member.employee_id not in known], len(known))
