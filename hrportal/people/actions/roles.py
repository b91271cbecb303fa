"""Giving roles and taking them back. A role that was taken back stays as a row, so that one can say who could see what."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.journal.recording import Actor
from hrportal.people import events
from hrportal.people.administrators import refuse_without_administrator
from hrportal.people.enums import Role
from hrportal.people.models import OrgUnit, RoleGrant, User

OVER_A_UNIT = frozenset({Role.HRBP, Role.EXECUTIVE})


@transaction.atomic
def grant_role(user: User, role: str, *, by: Actor | None, org_unit: OrgUnit | None = None) -> RoleGrant:
    """Give an account a role, for partners and executives over a unit and all below it. Nobody gives to themselves."""
    user = User.objects.select_for_update().get(pk=user.pk)
    _refuse_unfit(user, role, org_unit)
    _refuse_oneself(user, by, _("Nobody gives roles to themselves."))
    if user.grants.current().filter(role=role, org_unit=org_unit).exists():
        raise ActionError(_("This role is already given."), field="role")
    grant = RoleGrant.objects.create(user=user, role=role, org_unit=org_unit, granted_by_id=_account_of(by))
    events.role_granted(grant, by=by)
    return grant


@transaction.atomic
def revoke_role(grant: RoleGrant, *, by: Actor | None) -> RoleGrant:
    """Take a role back, from this moment on. Nobody takes administration from themselves, so one administrator remains."""
    if grant.role == Role.ADMIN:  # all their grants are locked in one order, before this one
        _refuse_oneself(grant.user, by, _("Another administrator has to take this role from you."))
        refuse_without_administrator(grant.user)
    grant = RoleGrant.objects.select_for_update(of=("self",)).select_related("user").get(pk=grant.pk)
    if grant.revoked_at:
        raise ActionError(_("This role was already taken back."))
    return _revoke(grant, by=by)


def revoke_all_roles(user: User, *, by: Actor | None) -> None:
    """Take back every role of an account that closes."""
    for grant in user.grants.current().select_related("user"):
        _revoke(grant, by=by)


def _revoke(grant: RoleGrant, *, by: Actor | None) -> RoleGrant:
    grant.revoked_at = timezone.now()
    grant.save(update_fields=["revoked_at"])
    events.role_revoked(grant, by=by)
    return grant


def _refuse_unfit(user: User, role: str, org_unit: OrgUnit | None) -> None:
    if role not in Role.granted():
        raise ActionError(_("This role follows from the organisation and is not given."), field="role")
    if not user.is_active:
        raise ActionError(_("This account is closed."), field="user")
    if role == Role.HRBP and org_unit is None:
        raise ActionError(_("An HR business partner needs a unit to look after."), field="org_unit")
    if role not in OVER_A_UNIT and org_unit is not None:
        raise ActionError(_("This role is not over a unit."), field="org_unit")


def _refuse_oneself(user: User, by: Actor | None, words: str) -> None:
    if by is not None and user.pk in {by.journal_identity.actor_id, by.journal_identity.on_behalf_of_id}:
        raise ActionError(words)


def _account_of(by: Actor | None) -> int | None:
    return by.journal_identity.actor_id if by else None
