"""What administrators do at the front door: somebody lost their phone, their laptop, or their place at a provider.

Whichever it was, what they left behind may be in other hands. So everything that lets somebody in without signing in
ends: sessions and access tokens here, a calendar address by the fact (see `CalendarLink`). They are told.
"""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.journal.recording import Actor
from hrportal.people.models import PersonalToken, User
from hrportal.sign_in import events, notices


@transaction.atomic
def reset_second_factor(user: User, *, by: Actor) -> None:
    """Take away every second factor and sign out everywhere: whoever signs in next sets up a new one."""
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise ActionError(_("There is no second factor to reset."))
    _end(user)
    notices.tell_reset(user, events.second_factor_reset(user, by=by))


@transaction.atomic
def end_sessions(user: User, *, by: Actor) -> int:
    """Sign an account out everywhere; how many sessions that ended."""
    ended = _end(user)
    notices.tell_signed_out(user, events.sessions_ended(user, ended, by=by))
    return ended


@transaction.atomic
def unlink_identity(user: User, identity: SocialAccount, *, by: Actor) -> None:
    """Take away one provider's way in; its next sign-in asks again whose account it is."""
    key = identity.pk
    identity.delete()
    _end(user)
    notices.tell_signed_out(user, events.identity_unlinked(user, key, by=by))


def _end(user: User) -> int:
    sessions = UserSession.objects.filter(user=user)
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.delete()
    PersonalToken.objects.of(user).end()
    return len(keys)
