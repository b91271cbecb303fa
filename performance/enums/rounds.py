"""States and kinds of 360 feedback rounds."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoundState(models.TextChoices):
    ASKED = "asked", _("Asked for")
    NOMINATING = "nominating", _("Choosing who is asked")
    COLLECTING = "collecting", _("Collecting answers")
    CLOSED = "closed", _("Closed, not shared yet")
    SHARED = "shared", pgettext_lazy("feedback round", "Shared")
    WITHDRAWN = "withdrawn", pgettext_lazy("feedback round", "Withdrawn")


# Where each step of a round may start from. Nothing leads back: results that existed are never collected anew.
ROUND_STARTS_FROM: dict[str, frozenset[str]] = {
    "approve_round": frozenset({RoundState.ASKED}),
    "edit_round": frozenset({RoundState.ASKED, RoundState.NOMINATING, RoundState.COLLECTING}),
    "nominate_rater": frozenset({RoundState.NOMINATING, RoundState.COLLECTING}),
    "remove_rater": frozenset({RoundState.NOMINATING, RoundState.COLLECTING}),
    "approve_rater": frozenset({RoundState.NOMINATING, RoundState.COLLECTING}),
    "reject_rater": frozenset({RoundState.NOMINATING, RoundState.COLLECTING}),
    "begin_collecting": frozenset({RoundState.NOMINATING}),
    "answer_round": frozenset({RoundState.COLLECTING}),
    "remind_raters": frozenset({RoundState.COLLECTING}),
    "renew_link": frozenset({RoundState.COLLECTING}),
    "close_round": frozenset({RoundState.COLLECTING}),
    "share_round": frozenset({RoundState.CLOSED}),
    "withdraw_round": frozenset({RoundState.ASKED, RoundState.NOMINATING, RoundState.COLLECTING}),
}
OPEN_ROUNDS = ROUND_STARTS_FROM["withdraw_round"]
ROUNDS_WITH_RESULTS = frozenset({RoundState.CLOSED, RoundState.SHARED})


class RaterGroup(models.TextChoices):
    SELF = "self", _("Self")
    MANAGER = "manager", _("Manager")
    PEER = "peer", _("Peers")
    REPORT = "report", _("Reports")
    SKIP_LEVEL = "skip_level", _("Managers above the manager")
    EXTERNAL = "external", _("People outside the company")


# Whose answers carry their name, as they are told on the form. Everybody else's never do.
ATTRIBUTED = (RaterGroup.SELF, RaterGroup.MANAGER)
ANONYMOUS = (RaterGroup.PEER, RaterGroup.REPORT, RaterGroup.SKIP_LEVEL, RaterGroup.EXTERNAL)


class RaterState(models.TextChoices):
    """How far a nomination is. What somebody did with an invitation is nobody's to see, so it is not here."""

    NOMINATED = "nominated", _("Nominated")
    APPROVED = "approved", pgettext_lazy("rater", "Approved")
    REJECTED = "rejected", pgettext_lazy("rater", "Not wanted")
    INVITED = "invited", pgettext_lazy("rater", "Asked")


class SheetState(models.TextChoices):
    """What somebody did with an invitation: known to them alone."""

    OPEN = "open", _("To answer")
    HANDED_IN = "handed_in", _("Handed in")
    DECLINED = "declined", pgettext_lazy("answer sheet", "Declined")


class RoundQuestionKind(models.TextChoices):
    RATING = "rating", _("Rating from 1 to 5")
    TEXT = "text", pgettext_lazy("kind of question", "Text")


class HowOften(models.IntegerChoices):
    """The steps of a rating: how often something is seen, which people judge more alike than how good it is."""

    NEVER = 1, _("Hardly ever")
    SELDOM = 2, _("Seldom")
    SOMETIMES = 3, _("Sometimes")
    OFTEN = 4, _("Often")
    ALWAYS = 5, _("Nearly always")
