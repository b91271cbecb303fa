"""How answers follow from figures. Pure: stored numbers in, verdicts out, so that anyone can do it again."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from calibration.enums import First, Question, Verdict
from calibration.readiness.standards import MOST_UNEXPLAINED, STANDARDS, TALENT, TRUST, Standard
from performance.insight.metrics import SHORTEST_TIME, Frequency

Figure = Mapping[str, int]
Figures = Mapping[str, Figure]
# Worst first: what stands worse comes first.
RANKS = (Verdict.NOT_YET, Verdict.WATCH, Verdict.GOOD)


def value_of(question: Question, figure: Figure) -> Decimal | None:
    """Per cent, or times for each person and quarter; None when there is nothing to divide by."""
    if question == Question.FEEDBACK:
        return Frequency(figure["part"], figure["whole"], figure["days"]).value
    if not figure["whole"]:
        return None
    return (Decimal(100 * figure["part"]) / figure["whole"]).quantize(Decimal("0.1"), ROUND_HALF_UP)


def is_kept_back(question: Question, figure: Figure) -> bool:
    """Whether it is about so few that their own answers could be worked out."""
    return 0 < figure["whole"] < STANDARDS[question].fewest


def judge(question: Question, figure: Figure | None) -> Verdict:
    """The verdict on one question."""
    if figure is None or is_kept_back(question, figure) or not _is_known(question, figure):
        return Verdict.UNKNOWN
    if question == Question.UNSEEN and not figure["whole"]:
        return Verdict.GOOD  # exits are known, and no high performer is among them
    value = value_of(question, figure)
    return Verdict.UNKNOWN if value is None else _against(STANDARDS[question], value)


def trust(verdicts: Mapping[Question, Verdict]) -> Verdict:
    """Whether talent decisions can trust the performance data.

    Not yet, when a decisive question says so; unknown, when one of them has no answer; good, when all of them are good
    and no other question says not yet; else to be watched.
    """
    decisive = {verdicts[question] for question in TRUST if STANDARDS[question].decisive}
    if Verdict.NOT_YET in decisive:
        return Verdict.NOT_YET
    if Verdict.UNKNOWN in decisive:
        return Verdict.UNKNOWN
    others = {verdicts[question] for question in TRUST if not STANDARDS[question].decisive}
    return Verdict.GOOD if decisive == {Verdict.GOOD} and Verdict.NOT_YET not in others else Verdict.WATCH


def talent(verdicts: Mapping[Question, Verdict]) -> Verdict:
    """How talent stands: the worst of what is known of it."""
    return worst(verdicts[question] for question in TALENT)


def first(performance: Verdict, talent: Verdict) -> First:
    """Which discipline needs investment first: the one that stands worse; at a tie performance, on which talent rests.

    Where performance is not yet to be trusted nothing else can be decided on it, so that alone is enough.
    """
    if performance == Verdict.NOT_YET:
        return First.PERFORMANCE
    if Verdict.UNKNOWN in {performance, talent}:
        return First.OPEN
    if performance == talent == Verdict.GOOD:
        return First.BOTH
    return First.TALENT if RANKS.index(talent) < RANKS.index(performance) else First.PERFORMANCE


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of those that are known."""
    known = [verdict for verdict in verdicts if verdict != Verdict.UNKNOWN]
    return min(known, key=RANKS.index, default=Verdict.UNKNOWN)


def _is_known(question: Question, figure: Figure) -> bool:
    """Whether the data say anything at all. Exits that were not recorded are unknown, never "nobody left"."""
    if question in {Question.LOSSES, Question.UNSEEN}:
        return figure["leavers"] > 0 and 100 * figure["unexplained"] <= MOST_UNEXPLAINED * figure["leavers"]
    if question == Question.FEEDBACK:
        return figure["days"] >= SHORTEST_TIME
    return figure["whole"] > 0


def _against(standard: Standard, value: Decimal) -> Verdict:
    if standard.falls:
        value, good, watch = -value, -standard.good, -standard.watch
    else:
        good, watch = standard.good, standard.watch
    if value >= good:
        return Verdict.WATCH if standard.most is not None and value > standard.most else Verdict.GOOD
    return Verdict.WATCH if value >= watch else Verdict.NOT_YET
