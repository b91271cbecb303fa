"""Somebody must always be left who can give roles: no page, program or file closes the last system administrator out."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.people.enums import Role
from hrportal.people.models import RoleGrant, User


def refuse_without_administrator(user: User) -> None:
    """Raise ActionError if nobody but this account is a system administrator. In the transaction that closes it."""
    holders = {grant.user_id for grant in _held(lock=True)}
    if holders == {user.pk}:
        raise ActionError(_("%s is the last system administrator.") % user)


def the_last_administrators(*, lock: bool) -> frozenset[str]:
    """The employee numbers of all system administrators, of whom one must stay; nobody's if one of them is no employee."""
    owners = [grant.user.employee for grant in _held(lock=lock)]
    return frozenset() if None in owners else frozenset(owner.employee_number for owner in owners if owner)


def _held(*, lock: bool) -> QuerySet[RoleGrant]:
    """What makes administrators. Locked, two who would close each other out wait for one another."""
    grants = RoleGrant.objects.current().filter(role=Role.ADMIN, user__is_active=True).order_by("pk")
    grants = grants.select_related("user__employee")
    return grants.select_for_update(of=("self",)) if lock else grants
