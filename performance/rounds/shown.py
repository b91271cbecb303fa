"""A round as its page and the API show it: the steps open to a reader, and how far it is without saying who or how many."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from hrportal.people.viewer import Principal
from performance.actions.rounds import may_be_closed
from performance.enums import ANONYMOUS, ROUND_STARTS_FROM, RaterGroup, RaterState, RoundState
from performance.models import FeedbackRound, Rater

STEPS = (
    "approve_round",
    "edit_round",
    "nominate_rater",
    "remove_rater",
    "approve_rater",
    "reject_rater",
    "begin_collecting",
    "remind_raters",
    "renew_link",
    "close_round",
    "share_round",
    "withdraw_round",
)


@dataclass(frozen=True)
class GroupProgress:
    """How many of a group are asked, and whether it had enough answers when the daily job last looked."""

    key: str
    label: str
    asked: int
    is_enough: bool


def offered_round_steps(user: Principal, round_: FeedbackRound) -> set[str]:
    """The steps this reader may take now; a page offers these and no others."""
    steps = {
        step
        for step in STEPS
        if round_.state in ROUND_STARTS_FROM[step] and user.has_perm(f"performance.{step}", round_)
    }
    if "close_round" in steps and not may_be_closed(round_):
        steps.remove("close_round")
    return steps


def progress_of(user: Principal, round_: FeedbackRound) -> list[GroupProgress]:
    """For those who run a round that collects: each anonymous group. Nothing here moves when an answer comes in."""
    if round_.state != RoundState.COLLECTING or not user.has_perm("performance.see_progress", round_):
        return []
    asked = Counter(round_.raters.filter(state=RaterState.INVITED, group__in=ANONYMOUS).values_list("group", flat=True))
    return [
        GroupProgress(str(group), str(RaterGroup(group).label), asked[group], group in round_.enough)
        for group in ANONYMOUS
        if asked[group]
    ]


def rounds_waiting_for(user: Principal) -> QuerySet[FeedbackRound]:
    """Rounds in which this person is next: the subject to name people, their manager to agree or to share."""
    named = Rater.objects.filter(round=OuterRef("pk"), group__in=ANONYMOUS)
    undecided = named.filter(state=RaterState.NOMINATED)
    own = Q(subject=user.viewer.employee_id, state=RoundState.NOMINATING) & ~Exists(named)
    managers = Q(subject__manager=user.viewer.employee_id) & (
        Q(state__in=[RoundState.ASKED, RoundState.CLOSED])
        | Q(state=RoundState.NOMINATING) & Exists(named)
        | Q(state=RoundState.COLLECTING) & Exists(undecided)
    )
    rounds = FeedbackRound.objects.visible_to(user).filter(own | managers)
    return rounds.select_related("subject", "template").order_by("due_on", "pk")
