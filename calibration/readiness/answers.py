"""Answers in words: figure with both sides of its division, verdict, what it rests on, what to do next and where."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from calibration.enums import First, Question, Verdict
from calibration.models import ReadinessAudit
from calibration.readiness.standards import FEWEST, STANDARDS, TALENT, TRUST, Standard
from calibration.readiness.verdicts import Figure, first, is_kept_back, judge, talent, trust, value_of

Words = Promise | str
PER_CENT = "\N{NO-BREAK SPACE}%"
TONES = {Verdict.GOOD: "good", Verdict.WATCH: "care", Verdict.NOT_YET: "bad", Verdict.UNKNOWN: "mute"}
ICONS = {
    Verdict.GOOD: "check-circle",
    Verdict.WATCH: "exclamation-triangle",
    Verdict.NOT_YET: "x-circle",
    Verdict.UNKNOWN: "question-circle",
}


@dataclass(frozen=True)
class Next:
    """What to do when the answer is not good, and where; `unknown`: what would make it known."""

    todo: Words
    unknown: Words
    route: str
    query: tuple[str, ...] = ()
    fixed: tuple[tuple[str, str], ...] = ()


STEPS: dict[Question, Next] = {
    Question.COVERAGE: Next(
        gettext_lazy("Finish the open reviews, and take in whoever was left out by mistake."),
        gettext_lazy("Launch a cycle for these people."),
        "performance:review_list",
        ("cycle", "unit"),
    ),
    Question.CALIBRATED: Next(
        gettext_lazy("Put the submitted reviews into a session before completing them."),
        gettext_lazy("Complete the reviews of the cycle."),
        "calibration:session_list",
        ("cycle",),
    ),
    Question.FRESH: Next(
        gettext_lazy(
            "Run the next cycle. Until then, talent decisions about these people should say that the rating is old."
        ),
        gettext_lazy("Complete a calibrated cycle."),
        "talent:profile_list",
        ("unit",),
        (("freshness", "stale"),),
    ),
    Question.AGREEMENT: Next(
        gettext_lazy("Agree with managers, before they write, what each level of the scale looks like in their work."),
        gettext_lazy("Lock a calibration session of this cycle."),
        "calibration:session_list",
        ("cycle",),
    ),
    Question.TOLD_APART: Next(
        gettext_lazy("See that every manager has people with measured goals and feedback from others."),
        gettext_lazy("Compute the figures about managers in a session of this cycle."),
        "calibration:session_list",
        ("cycle",),
    ),
    Question.FEEDBACK: Next(
        gettext_lazy("Ask managers of silent teams to give and to ask for feedback in their one-to-ones."),
        gettext_lazy("Read the audit on the portal as a person: feedback is not shown to clients."),
        "performance:accountability",
        ("unit",),
        (("show", "teams"),),
    ),
    Question.PARTS: Next(
        gettext_lazy("Let the cycle ask for unrated parts before a review is submitted."),
        gettext_lazy("Use a form with competencies or rated questions."),
        "performance:cycle_list",
    ),
    Question.GOALS: Next(
        gettext_lazy("Have the forgotten goals measured or closed."),
        gettext_lazy("Set goals for these people."),
        "performance:accountability",
        ("unit",),
        (("show", "goals"),),
    ),
    Question.FOLLOW_UP: Next(
        gettext_lazy("Agree an action or a goal for each review nothing followed from."),
        gettext_lazy("Wait until reviews have been finished for 30 days."),
        "performance:accountability",
        ("unit",),
        (("show", "reviews"),),
    ),
    Question.LOSSES: Next(
        gettext_lazy("Talk with the high performers who are still here: what keeps them, what would make them go?"),
        gettext_lazy("Record last day and reason whenever somebody leaves."),
        "talent:profile_list",
        ("unit",),
    ),
    Question.UNSEEN: Next(
        gettext_lazy("See that every high performer has a plan with an action in it."),
        gettext_lazy("Record last day and reason whenever somebody leaves."),
        "talent:plan_list",
        ("unit",),
    ),
    Question.PLACED: Next(
        gettext_lazy(
            "When a critical role falls vacant, begin with its bench, and say why not if somebody else is chosen."
        ),
        gettext_lazy("Name the critical roles and who could take them; the answer comes with the first change."),
        "talent:bench_list",
        ("unit",),
    ),
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
        if self.value is None:
            return ""
        if self.is_share:
            return f"{number_format(self.value, decimal_pos=0)}{PER_CENT}"
        return number_format(self.value, decimal_pos=2)

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
        return f"{number_format(value)}{PER_CENT}" if self.is_share else number_format(value)


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


def _coverage(figure: Figure, audit: ReadinessAudit) -> str:
    return _("%(part)d of %(whole)d people who work here, and did in the period, have a finished review.") % figure


def _calibrated(figure: Figure, audit: ReadinessAudit) -> str:
    return _("%(part)d of %(whole)d finished reviews carry the rating that a session or HR decided.") % figure


def _fresh(figure: Figure, audit: ReadinessAudit) -> str:
    return (
        _("%(part)d of %(whole)d people have a calibrated rating that is not out of date; %(none)d have none at all.")
        % figure
    )


def _agreement(figure: Figure, audit: ReadinessAudit) -> str:
    mean = Decimal(figure["levels"]) / (figure["whole"] or 1)
    words = _(
        "%(part)d of %(whole)d decisions left the manager’s rating as proposed. On average a rating moved by %(mean)s levels."
    )
    return words % {**figure, "mean": number_format(mean, decimal_pos=2)}


def _told_apart(figure: Figure, audit: ReadinessAudit) -> str:
    if not figure["whole"]:
        return _("No figures about managers were computed for this cycle.")
    return (
        _("Of %(whole)d managers it is known for %(part)d how leniently they rate; %(asked)d are asked to explain.")
        % figure
    )


def _feedback(figure: Figure, audit: ReadinessAudit) -> str:
    return (
        _(
            "%(part)d times in %(days)d days for %(whole)d people: times for each person and quarter. Only what you may read."
        )
        % figure
    )


def _parts(figure: Figure, audit: ReadinessAudit) -> str:
    if not figure["whole"]:
        return _("The form of this cycle asks for no rated parts, or no review is finished.")
    return _("In %(part)d of %(whole)d finished reviews the manager rated more than the whole.") % figure


def _goals(figure: Figure, audit: ReadinessAudit) -> str:
    return (
        _("%(part)d of %(whole)d active personal goals were measured in the last 30 days, or are due later.") % figure
    )


def _follow_up(figure: Figure, audit: ReadinessAudit) -> str:
    return _("After %(part)d of %(whole)d finished reviews a goal was set or an action agreed.") % figure


def _exits(figure: Figure) -> str:
    """What is known of exits at all, where that is too little."""
    if not figure["leavers"]:
        return _("No exit was recorded in the last twelve months. That is not the same as nobody leaving.")
    return (
        _("For %(unexplained)d of %(leavers)d people who left in the last twelve months no reason was recorded.")
        % figure
    )


def _losses(figure: Figure, audit: ReadinessAudit) -> str:
    if judge(Question.LOSSES, figure) == Verdict.UNKNOWN:
        return _exits(figure)
    return (
        _(
            "%(part)d of %(whole)d high performers left of their own will in the last twelve months; %(leavers)d people left in all."
        )
        % figure
    )


def _unseen(figure: Figure, audit: ReadinessAudit) -> str:
    if judge(Question.UNSEEN, figure) == Verdict.UNKNOWN:
        return _exits(figure)
    if not figure["whole"]:
        return _("No high performer left of their own will.")
    return (
        _(
            "For %(part)d of the %(whole)d high performers who left, no action was agreed, no bench named them, and nobody saw it coming."
        )
        % figure
    )


def _placed(figure: Figure, audit: ReadinessAudit) -> str:
    if not figure["whole"]:
        return (
            ngettext(
                "%d critical role has a plan; it has not changed hands since.",
                "%d critical roles have a plan; none has changed hands since.",
                figure["roles"],
            )
            % figure["roles"]
        )
    return (
        _(
            "%(part)d of %(whole)d critical roles that changed hands went to somebody from their bench, %(outside)d to somebody new."
        )
        % figure
    )


EVIDENCE: dict[Question, Callable[[Figure, ReadinessAudit], str]] = {
    Question.COVERAGE: _coverage,
    Question.CALIBRATED: _calibrated,
    Question.FRESH: _fresh,
    Question.AGREEMENT: _agreement,
    Question.TOLD_APART: _told_apart,
    Question.FEEDBACK: _feedback,
    Question.PARTS: _parts,
    Question.GOALS: _goals,
    Question.FOLLOW_UP: _follow_up,
    Question.LOSSES: _losses,
    Question.UNSEEN: _unseen,
    Question.PLACED: _placed,
}
