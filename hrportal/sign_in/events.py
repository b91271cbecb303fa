"""Every fact the front door announces."""

from allauth.socialaccount.models import SocialAccount

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, record
from hrportal.people.models import User


def identity_linked(user: User, account: SocialAccount) -> Fact:
    return record("sign_in.identity_linked", user, by=None, person_id=user.employee_id, data={"identity": account.pk})


def identity_unlinked(user: User, identity: int, *, by: Actor | None) -> Fact:
    return record("sign_in.identity_unlinked", user, by=by, person_id=user.employee_id, data={"identity": identity})


def second_factor_reset(user: User, *, by: Actor | None) -> Fact:
    return record("sign_in.second_factor_reset", user, by=by, person_id=user.employee_id)


def sessions_ended(user: User, count: int, *, by: Actor | None) -> Fact:
    return record("sign_in.sessions_ended", user, by=by, person_id=user.employee_id, data={"sessions": count})
