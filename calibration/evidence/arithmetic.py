"""A finding step by step, so that anybody with a pocket calculator arrives at the same figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from calibration.enums import LeniencyBasis
from calibration.evidence.words import plain, signed
from calibration.leniency import INTERVAL

if TYPE_CHECKING:
    from calibration.models import ManagerEvidence

DECIMALS = 3


@dataclass(frozen=True)
class Step:
    """One line: its letter, what it is, how it comes about from other letters, and the number."""

    letter: str
    what: str
    how: str
    value: float
    is_signed: bool = False

    @property
    def shown(self) -> str:
        return signed(self.value, DECIMALS) if self.is_signed else plain(self.value, DECIMALS)


def steps_of(finding: "ManagerEvidence") -> list[Step]:
    """The lines for what is known of a manager; none where nothing is said."""
    return [step for step in _steps(finding) if step.value is not None]


def _steps(finding: "ManagerEvidence") -> Iterator[Step]:
    yield from _difference(finding)
    if finding.basis == LeniencyBasis.ANCHORED:
        yield from _anchored(finding)
    elif finding.basis == LeniencyBasis.HALVED:
        yield _step("L", _("Half of what is usually leniency, with so many ratings"), "", finding.weight)
        yield _step("M", _("Half of the difference"), "L × F", finding.leniency, is_signed=True)


def _difference(finding: "ManagerEvidence") -> Iterator[Step]:
    yield _step("A", _("Mean of the manager’s ratings"), "", finding.mean)
    yield _step("B", _("Mean of the organisation in the same cycles, as it is told"), "", finding.organisation)
    evidence = _("What goals and peers say of the team, in standard deviations of everybody")
    yield _step("C", evidence, "", finding.evidence, is_signed=True)
    yield _step("D", _("Rating points for one standard deviation, with so many ratings"), "", finding.slope)
    yield _step("E", _("Explained by goals and peers"), "C × D", finding.explained, is_signed=True)
    how = "A − B − E" if finding.explained is not None else "A − B"  # noqa: RUF001
    yield _step("F", _("Remaining"), how, finding.remaining, is_signed=True)


def _anchored(finding: "ManagerEvidence") -> Iterator[Step]:
    told = finding.run.summary
    yield _step("G", _("Variance of leniency between managers, of the whole organisation"), "", told.get("leniency"))
    yield _step("H", _("Variance of what teams really differ by"), "", told.get("teams"))
    yield _step(
        "I",
        _("Evidence rises by so many standard deviations with one point of performance"),
        "",
        told.get("evidence_per_point"),
    )
    yield _step("K", _("What chance alone makes of the remainder, as a standard deviation"), "", finding.by_chance)
    how = "G / (G + H × (1 − D × I)² + K²)"  # noqa: RUF001
    yield _step("L", _("Share of the remainder taken for leniency"), how, finding.weight)
    yield _step("M", _("Leniency (below zero: severity)"), "L × F", finding.leniency, is_signed=True)
    yield _step("N", _("Its standard deviation"), "√(G × (1 − L))", finding.sd)  # noqa: RUF001
    yield _step("O", _("From"), f"M − {INTERVAL} × N", finding.low, is_signed=True)  # noqa: RUF001
    yield _step("P", _("To"), f"M + {INTERVAL} × N", finding.high, is_signed=True)


def _step(letter: str, what: str, how: str, value: float | None, *, is_signed: bool = False) -> Step:
    return Step(letter, what, how, value, is_signed)  # type: ignore[arg-type]  # unknown ones are left out
