"""Figures in words, with the arithmetic and without a verdict: leniency and chance look alike from outside."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calibration.enums import LeniencyBasis

if TYPE_CHECKING:
    from calibration.models import ManagerEvidence, Suggestion

CLEAR_HALO = 0.01
FEWEST_DATED = 8
MUCH_RECENT = 0.5
MOST_PROBABLE = 0.99


def plain(value: float, decimals: int) -> str:
    """A number in the reader's own notation."""
    return number_format(_rounded(value, decimals), decimals)


def signed(value: float, decimals: int) -> str:
    """The same with its sign; zero has none."""
    rounded = _rounded(value, decimals)
    sign = "+" if rounded > 0 else "\N{MINUS SIGN}" if rounded < 0 else ""
    return sign + number_format(abs(rounded), decimals)


def _rounded(value: float, decimals: int) -> float:
    return round(value, decimals) + 0.0  # no minus zero


def finding_in_words(finding: "ManagerEvidence") -> str:
    """What is said about a manager's ratings, as far as the data carry it."""
    basis = finding.basis
    if basis == LeniencyBasis.ANCHORED:
        return f"{_means(finding)} {_explained(finding)} {_shrunk(finding)}"
    if basis == LeniencyBasis.HALVED:
        half = _(
            "Half of the difference, for %(n)d ratings: %(half)s. Leniency and a strong team cannot be told apart here."
        )
        return f"{_means(finding)} " + half % {"n": finding.ratings, "half": signed(finding.leniency or 0, 2)}
    if finding.mean is None:
        return str(finding.get_basis_display()) + "."
    mean = _("Team mean %s.") % plain(finding.mean, 1) if finding.organisation is None else _means(finding)
    return f"{mean} {finding.get_basis_display()}."


def _means(finding: "ManagerEvidence") -> str:
    numbers = {"mean": plain(finding.mean or 0, 1), "organisation": plain(finding.organisation or 0, 1)}
    return _("Team mean %(mean)s, organisation %(organisation)s.") % numbers


def _explained(finding: "ManagerEvidence") -> str:
    return _("Goals and peers explain %s.") % signed(finding.explained or 0, 1)


def _shrunk(finding: "ManagerEvidence") -> str:
    words = ngettext(
        "Remaining %(rest)s, shrunk for %(n)d rating to %(leniency)s (between %(low)s and %(high)s, about nine times in ten).",
        "Remaining %(rest)s, shrunk for %(n)d ratings to %(leniency)s (between %(low)s and %(high)s, about nine times in ten).",
        finding.ratings,
    )
    return words % {
        "rest": signed(finding.remaining or 0, 1),
        "n": finding.ratings,
        "leniency": signed(finding.leniency or 0, 2),
        "low": signed(finding.low or 0, 1),
        "high": signed(finding.high or 0, 1),
    }


def questions_in_words(finding: "ManagerEvidence") -> list[str]:
    """What the manager is asked to explain; a question, never a verdict."""
    return list(_questions(finding))


def _questions(finding: "ManagerEvidence") -> Iterator[str]:
    if finding.is_mean_flagged:
        words = _("The mean differs more than chance from what its evidence predicts: please explain. (%s)")
        yield words % _chance(finding.mean_q)
    if finding.is_spread_flagged:
        words = _(
            "The ratings differ less from each other than chance would have it (%(spread)s points, usual are %(usual)s): "
            "please explain. (%(q)s)"
        )
        usual = finding.run.summary.get("usual_spread")
        yield words % {
            "spread": plain(finding.spread or 0, 1),
            "usual": "–" if usual is None else plain(usual, 1),
            "q": _chance(finding.spread_q),
        }


def _chance(q: float | None) -> str:
    """The share of false alarms among all that are at least as unusual."""
    if q is None:
        return "–"
    return f"q < {plain(0.01, 2)}" if q < 0.01 else f"q = {plain(q, 2)}"


def untested_in_words(finding: "ManagerEvidence") -> str:
    """Why a manager could not be asked anything, or nothing where they could."""
    if finding.mean_q is not None or finding.spread_q is not None:
        return ""
    words = ngettext(
        "%d rating is too few to tell what is unusual from chance.",
        "%d ratings are too few to tell what is unusual from chance.",
        finding.ratings,
    )
    return words % finding.ratings


def notes_in_words(finding: "ManagerEvidence") -> list[str]:
    """Small print worth a look; most teams have none."""
    return list(_notes(finding))


def _notes(finding: "ManagerEvidence") -> Iterator[str]:
    usual = finding.run.summary.get("usual_halo")
    is_alike = finding.halo_p is not None and finding.halo_p <= CLEAR_HALO
    if is_alike and finding.halo is not None and usual is not None:
        words = _(
            "The competencies of one person are rated alike here (%(here)s on a scale where 1 is all the same, usual is "
            "%(usual)s). One impression may have coloured them all."
        )
        yield words % {"here": plain(finding.halo, 1), "usual": plain(usual, 1)}
    share = finding.recent_share
    if share is not None and share > MUCH_RECENT and finding.dated_pieces >= FEWEST_DATED:
        words = _(
            "%(share)s %% of %(n)d pieces of dated evidence are from the last quarter of the period; spread evenly it "
            "would be 25 %%."
        )
        yield words % {"share": plain(100 * share, 0), "n": finding.dated_pieces}


def suggestion_in_words(suggestion: "Suggestion") -> str:
    """Why one level up or down, with the figure behind it and how sure it is."""
    finding = suggestion.finding
    names = {"proposed": suggestion.proposed.label, "given": suggestion.given.label, "manager": finding.manager.name}
    numbers = {
        "by": plain(abs(finding.leniency or 0), 2),
        "low": plain(min(abs(finding.low or 0), abs(finding.high or 0)), 1),
        "high": plain(max(abs(finding.low or 0), abs(finding.high or 0)), 1),
        "rest": plain(suggestion.calibrated, 1),
        "chance": plain(100 * min(suggestion.probability, MOST_PROBABLE), 0),
    }
    lenient = _(
        "%(manager)s rates about %(by)s points more generously than goals and peers explain (between %(low)s and %(high)s). "
        "Without that it would be %(rest)s. That “%(proposed)s” lies nearer than “%(given)s” is about %(chance)s %% probable."
    )
    severe = _(
        "%(manager)s rates about %(by)s points more strictly than goals and peers explain (between %(low)s and %(high)s). "
        "Without that it would be %(rest)s. That “%(proposed)s” lies nearer than “%(given)s” is about %(chance)s %% probable."
    )
    return ((severe if suggestion.is_upwards else lenient) % (names | numbers)).strip()
