"""What to do when an answer is not good, and where."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from calibration.enums import Question

Words = Promise | str


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
