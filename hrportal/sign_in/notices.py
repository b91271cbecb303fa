"""What the front door tells people about their own account, at once: they may not have asked for it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrportal.journal.models import Fact
from hrportal.notices.catalogue import NoticeKind, notice_kind
from hrportal.notices.enums import MailRhythm
from hrportal.notices.sending import Message, notify
from hrportal.people.models import User

SECOND_FACTOR_RESET = notice_kind(
    "sign_in.second_factor_reset",
    _("Your second step was reset, and your access tokens and calendar address ended: set up a new one"),
    when=_("An administrator reset somebody’s second step."),
    group=_("Signing in"),
    mail=MailRhythm.AT_ONCE,
    is_confidential=True,
)
SIGNED_OUT = notice_kind(
    "sign_in.signed_out",
    _("You were signed out everywhere, and your access tokens and calendar address ended"),
    when=_("An administrator signed somebody out everywhere, or removed a link to an identity provider."),
    group=_("Signing in"),
    mail=MailRhythm.AT_ONCE,
    is_confidential=True,
)


def tell_reset(user: User, fact: Fact) -> None:
    """They set up a second step anew."""
    _tell(SECOND_FACTOR_RESET, user, fact, reverse("mfa_index"))


def tell_signed_out(user: User, fact: Fact) -> None:
    """They sign in again, and see where they are signed in."""
    _tell(SIGNED_OUT, user, fact, reverse("usersessions_list"))


def _tell(kind: NoticeKind, user: User, fact: Fact, url: str) -> None:
    if user.employee_id:
        notify(kind, [Message(user.employee_id, f"sign-in-{fact.pk}", url, {})])
