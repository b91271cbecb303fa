"""Somebody must always be left who can give roles: no page, program or file closes the last system administrator out."""

import datetime

from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.people.enums import Role
from hrportal.people.models import RoleGrant, User

LastDays = dict[str, datetime.date | None]


def refuse_without_administrator(user: User, *, left_on: datetime.date | None = None) -> None:
    """Raise ActionError if nobody but this account is a system administrator, or nobody will be after a last day that is set.

    In the transaction that closes the account, or sets the day.
    """
    holders = _holders(lock=True)
    others = holders - {user.pk}
    if left_on:
        others -= set(User.objects.filter(pk__in=others, employee__left_on__lte=left_on).values_list("pk", flat=True))
    if user.pk in holders and not others:
        raise ActionError(_("%s is the last system administrator.") % user)


def last_days_of_administrators(*, lock: bool) -> LastDays:
    """The employee numbers of all system administrators, of whom one must stay, each with the last day that is set; nobody's
    if one of them is no employee."""
    owners = User.objects.filter(pk__in=_holders(lock=lock))
    days: LastDays = dict(owners.values_list("employee__employee_number", "employee__left_on"))
    return {} if None in days else days


def the_last_administrators(*, lock: bool) -> frozenset[str]:
    """The same without their days."""
    return frozenset(last_days_of_administrators(lock=lock))


def _holders(*, lock: bool) -> set[int]:
    """Whose accounts are administrators'. Locked, two who would close each other out wait for one another, and what they
    set meanwhile is read after that."""
    grants = RoleGrant.objects.current().filter(role=Role.ADMIN, user__is_active=True).order_by("pk")
    return {grant.user_id for grant in (grants.select_for_update(of=("self",)) if lock else grants)}
