"""What an import does to accounts: they close when somebody leaves, open when that is taken back, follow a new address."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models.functions import Lower
from django.utils import timezone

from hrportal.journal.recording import Actor
from hrportal.people import events
from hrportal.people.enums import PRIVILEGED
from hrportal.people.models import Employee, PersonalToken, RoleGrant, User


def close_accounts(people: Sequence[Employee], *, by: Actor | None) -> None:
    """Close the accounts of those who left, with their sessions, access tokens and roles."""
    users = list(User.objects.filter(employee__in=people, is_active=True)) if people else []
    if not users:
        return
    grants = list(RoleGrant.objects.current().filter(user__in=users).select_related("user"))
    User.objects.filter(pk__in=[user.pk for user in users]).update(is_active=False, password=make_password(None))
    PersonalToken.objects.filter(user__in=users).end()
    RoleGrant.objects.filter(pk__in=[grant.pk for grant in grants]).update(revoked_at=timezone.now())
    events.accounts_deactivated(users, by=by)
    for grant in grants:
        events.role_revoked(grant, by=by)


def reopen_accounts(closed: Sequence[Mapping[str, Any]], *, by: Actor | None) -> None:
    """Open accounts that were closed by mistake, with the roles they had. Whoever had a password is invited to set one."""
    wanted = {account["user"]: account for account in closed}
    users = list(User.objects.filter(pk__in=wanted, is_active=False))
    if not users:
        return
    earlier = RoleGrant.objects.filter(pk__in=[pk for user in users for pk in wanted[user.pk]["grants"]])
    invited = [user for user in users if wanted[user.pk]["had_password"]]
    User.objects.filter(pk__in=[user.pk for user in users]).update(is_active=True)
    User.objects.filter(pk__in=[user.pk for user in invited]).update(invited_at=timezone.now())
    for user in users:
        events.account_reactivated(user, by=by)
    for old in earlier.select_related("user"):
        grant = RoleGrant.objects.create(user=old.user, role=old.role, org_unit_id=old.org_unit_id)
        events.role_granted(grant, by=by)
    for user in invited:
        events.person_invited(user, by=by)


def follow_addresses(people: Sequence[Employee]) -> None:
    """Give accounts the new work address of their owner, unless another account has it.

    An address is a way in: whoever may write people must not become somebody who may do everything. So the account of
    a system administrator or HR leader, now or before, keeps its address until an administrator says otherwise.
    """
    addresses = {person.pk: person.work_email for person in people if person.work_email}
    privileged = RoleGrant.objects.filter(role__in=PRIVILEGED, user__employee_id__in=addresses).values("user")
    users = list(User.objects.filter(employee_id__in=addresses).exclude(pk__in=privileged)) if addresses else []
    if not users:
        return
    wanted = [address.lower() for address in addresses.values()]
    holders = User.objects.annotate(address=Lower("email")).filter(address__in=wanted)
    taken = set(holders.values_list("address", flat=True))
    moved = [user for user in users if addresses[user.employee_id].lower() not in taken]
    for user in moved:
        user.email = addresses[user.employee_id]
    User.objects.bulk_update(moved, ["email"])
