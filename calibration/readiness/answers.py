"""Answers in words: figure with both sides of its division, verdict, what it rests on, what to do next and where."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from calibration.enums import First, Question, Verdict
from calibration.models import ReadinessAudit
from calibration.readiness.evidence import EVIDENCE
from calibration.readiness.next_steps import STEPS, Words
from calibration.readiness.standards import FEWEST, STANDARDS, TALENT, TRUST, Standard
from calibration.readiness.verdicts import Figure, first, is_kept_back, judge, talent, trust, value_of

PER_CENT = "\N{NO-BREAK SPACE}%"
TONES = {Verdict.GOOD: "good", Verdict.WATCH: "care", Verdict.NOT_YET: "bad", Verdict.UNKNOWN: "mute"}
ICONS = {
    Verdict.GOOD: "check-circle",
    Verdict.WATCH: "exclamation-triangle",
    Verdict.NOT_YET: "x-circle",
    Verdict.UNKNOWN: "question-circle",
}


@dataclass(frozen=True)
class Answer:
    """One question, answered from an audit's figures."""

    audit: ReadinessAudit
    question: Question
    figure: Figure | None

    @property
    def title(self) -> str:
        return str(self.question.label)

    @property
    def standard(self) -> Standard:
        return STANDARDS[self.question]

    @cached_property
    def verdict(self) -> Verdict:
        return judge(self.question, self.figure)

    @property
    def tone(self) -> str:
        return TONES[self.verdict]

    @property
    def icon(self) -> str:
        return ICONS[self.verdict]

    @property
    def is_kept_back(self) -> bool:
        return self.figure is not None and is_kept_back(self.question, self.figure)

    @property
    def value(self) -> Decimal | None:
        """The figure; None where it is unknown or kept back."""
        if self.figure is None or self.is_kept_back or (self.verdict == Verdict.UNKNOWN):
            return None
        return value_of(self.question, self.figure)

    @property
    def part(self) -> int | None:
        return None if self.figure is None or self.is_kept_back else self.figure["part"]

    @property
    def whole(self) -> int | None:
        return None if self.figure is None or self.is_kept_back else self.figure["whole"]

    @property
    def is_share(self) -> bool:
        return self.question != Question.FEEDBACK

    @property
    def shown(self) -> str:
        """The figure as people read it; empty where there is none."""
        return "" if self.value is None else self._number(self.value)

    @property
    def evidence(self) -> str:
        """What the figure is made of, in a sentence."""
        if self.figure is None:
            return ""
        if self.is_kept_back:
            return _("Fewer than %d: kept back, because it would say something about each of them.") % FEWEST
        return EVIDENCE[self.question](self.figure, self.audit)

    @property
    def threshold(self) -> str:
        """From where on it is good and to be watched."""
        standard = self.standard
        values = {"good": self._number(standard.good), "watch": self._number(standard.watch)}
        if standard.falls:
            return _("Good up to %(good)s, watch up to %(watch)s") % values
        return _("Good from %(good)s, watch from %(watch)s") % values

    @property
    def because(self) -> Words:
        return self.standard.because

    @property
    def next_step(self) -> str:
        """What to do; nothing where all is well."""
        if self.verdict == Verdict.GOOD:
            return ""
        if self.is_kept_back:
            return (
                _("Ask for a larger unit.") if self.audit.org_unit_id else _("So few can be talked about one by one.")
            )
        step = STEPS[self.question]
        return str(step.unknown if self.verdict == Verdict.UNKNOWN else step.todo)

    @property
    def url(self) -> str:
        """Where the rows behind the figure are."""
        step = STEPS[self.question]
        known = {"cycle": self.audit.cycle_id, "unit": self.audit.org_unit_id}
        query = dict(step.fixed) | {name: str(known[name]) for name in step.query if known[name]}
        return reverse(step.route) + (f"?{urlencode(query)}" if query else "")

    def _number(self, value: Decimal) -> str:
        """To as many digits as the verdict is given by, so that no figure seems to lie on the other side of its standard."""
        return f"{number_format(value.normalize())}{PER_CENT}" if self.is_share else number_format(value)


@dataclass(frozen=True)
class Report:
    """A computed audit as it is read: the answers, and the two that follow from them."""

    audit: ReadinessAudit

    @cached_property
    def trust_answers(self) -> list[Answer]:
        return [self._answer(question) for question in TRUST]

    @cached_property
    def talent_answers(self) -> list[Answer]:
        return [self._answer(question) for question in TALENT]

    @property
    def answers(self) -> list[Answer]:
        return [*self.trust_answers, *self.talent_answers]

    @cached_property
    def trust(self) -> Verdict:
        return trust(self._verdicts)

    @cached_property
    def talent(self) -> Verdict:
        return talent(self._verdicts)

    @cached_property
    def first(self) -> First:
        return first(self.trust, self.talent)

    @property
    def trust_tone(self) -> str:
        return TONES[self.trust]

    @property
    def trust_icon(self) -> str:
        return ICONS[self.trust]

    @property
    def trust_words(self) -> str:
        """Can talent decisions trust the performance data?"""
        return {
            Verdict.GOOD: _("Yes. Talent decisions can rest on these ratings."),
            Verdict.WATCH: _(
                "With care. The ratings carry, but look at what is marked before a decision rests on one."
            ),
            Verdict.NOT_YET: _("Not yet. A talent decision made on these ratings would rest on sand."),
            Verdict.UNKNOWN: _("Nobody can say yet. A question that decides has no answer."),
        }[self.trust]

    @property
    def first_words(self) -> str:
        """Which discipline needs investment first, and why."""
        if self.first == First.PERFORMANCE and self.trust != Verdict.NOT_YET:
            return _("Performance stands no better than talent, and talent rests on it.")
        return {
            First.PERFORMANCE: _(
                "The performance data cannot be trusted yet; whatever talent did with them would be lost."
            ),
            First.TALENT: _("The performance data carry better than what is done with them: put them to use."),
            First.BOTH: _("The data can be trusted, high performers stay or are seen, and successors are placed."),
            First.OPEN: _("One side is unknown. Make it known first; what is missing is said at each question."),
        }[self.first]

    @property
    def reliable_words(self) -> str:
        return _("%(good)d of %(all)d questions about it are good.") % {
            "good": sum(answer.verdict == Verdict.GOOD for answer in self.trust_answers),
            "all": len(self.trust_answers),
        }

    @property
    def to_do(self) -> list[Answer]:
        """What is worst, first."""
        order = (Verdict.NOT_YET, Verdict.WATCH)
        waiting = [answer for answer in self.answers if answer.verdict in order]
        return sorted(waiting, key=lambda answer: (order.index(answer.verdict), not answer.standard.decisive))

    @cached_property
    def _verdicts(self) -> dict[Question, Verdict]:
        return {answer.question: answer.verdict for answer in self.answers}

    def _answer(self, question: Question) -> Answer:
        return Answer(self.audit, question, self.audit.figures.get(question))
