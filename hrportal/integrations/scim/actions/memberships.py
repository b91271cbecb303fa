"""Groups of accounts, and the roles that being in them gives."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.integrations.scim import events
from hrportal.integrations.scim.actions.clients import lock_client
from hrportal.integrations.scim.errors import Fixed, NotAllowed, NotUnique, Refused
from hrportal.integrations.scim.models import ScimClient, ScimGroup, ScimMember
from hrportal.integrations.scim.state import NOT_DELETED
from hrportal.journal.recording import Actor
from hrportal.people.actions import grant_role, revoke_role
from hrportal.people.enums import Role
from hrportal.people.models import OrgUnit, RoleGrant, User


@transaction.atomic
def create_group(client: ScimClient, *, name: str, external_id: str = "", members: Iterable[str] = ()) -> ScimGroup:
    """A group as the client knows it. It gives nothing until an administrator says which role it stands for."""
    client = lock_client(client)
    _refuse_taken_name(client, name)
    group = ScimGroup.objects.create(client=client, display_name=name, external_id=external_id)
    events.group_created(group, by=client)
    _add(client, group, accounts_with(members))
    return group


@transaction.atomic
def change_group(
    client: ScimClient,
    group: ScimGroup,
    *,
    name: str | None = None,
    external_id: str | None = None,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
    members: Iterable[str] | None = None,
) -> ScimGroup:
    """Rename a group, let accounts in and out; `members` are all that shall be in it. The client and the group are locked."""
    changed = _rename(client, group, name, external_id)
    joining, leaving = accounts_with(add), known_accounts(remove)
    if members is not None:
        whole = accounts_with(members)
        leaving = set(group.memberships.values_list("user_id", flat=True)) - whole
        joining = whole
    if _add(client, group, joining) + _take_out(client, group, leaving):
        changed.append("members")
    if changed:
        group.changed_at = timezone.now()
        group.save(update_fields=["display_name", "external_id", "changed_at"])
        events.group_changed(group, changed, by=client)
    return group


@transaction.atomic
def delete_group(client: ScimClient, group: ScimGroup) -> None:
    """Let a group go; the roles it gave are taken back. The client is locked."""
    _refuse_portals_own(group)
    _take_out(client, group, set(group.memberships.values_list("user_id", flat=True)))
    events.group_deleted(group, by=client)
    group.delete()


@transaction.atomic
def map_group(group: ScimGroup, *, by: Actor | None, role: str, org_unit: OrgUnit | None = None) -> ScimGroup:
    """Say which role a group stands for (none: ""). Its members get the role, and lose the one it stood for before."""
    group = ScimGroup.objects.select_for_update(of=("self",)).select_related("client").get(pk=group.pk)
    if group.client is None:
        raise ActionError(_("This group always stands for its role."))
    if role in {Role.HR_LEADER, Role.ADMIN} and not group.client.is_privileged:
        raise ActionError(_("%s may not give this role. Allow it privileged roles first.") % group.client, field="role")
    if role and role not in {Role.HRBP, Role.EXECUTIVE} and org_unit:
        raise ActionError(_("This role is not over a unit."), field="org_unit")
    accounts = list(User.objects.filter(scim_groups=group))
    for user in accounts:
        _take_role(group, user, by=by)
    group.role, group.org_unit = role, org_unit
    checked(group)
    group.changed_at = timezone.now()
    group.save(update_fields=["role", "org_unit", "changed_at"])
    for user in accounts:
        _give_role(group, user, by=by)
    events.group_changed(group, ["role"], by=by)
    return group


def leave_all_groups(client: ScimClient, user: User) -> None:
    """Take an account that is deleted out of every group; its roles ended when it was closed."""
    ScimMember.objects.filter(user=user).delete()


def give_roles_again(client: ScimClient, user: User) -> None:
    """An account that is opened again gets the roles of the groups it is still in."""
    user = User.objects.get(pk=user.pk)
    for group in ScimGroup.objects.filter(members=user).exclude(role=""):
        if client.is_privileged or not group.is_privileged:
            _give_role(group, user, by=client)


def accounts_with(ids: Iterable[str]) -> set[int]:
    """The accounts with these ids; refuses an id that stands for none."""
    wanted = set(ids)
    found = _by_id(wanted)
    if unknown := wanted - found.keys():
        raise Refused(_("There is no account with the id %s.") % min(unknown))
    return set(found.values())


def known_accounts(ids: Iterable[str]) -> set[int]:
    """The accounts with these ids, as far as there are any: who is not there is out already."""
    return set(_by_id(set(ids)).values())


def _by_id(ids: set[str]) -> dict[str, int]:
    numbers = {key.partition("-")[0] for key in ids if key.partition("-")[0].isascii()}
    pks = [int(number) for number in numbers if number.isdigit() and len(number) < 16]
    rows = User.objects.filter(NOT_DELETED, pk__in=pks).values_list("pk", "scim__generation")
    keys = {(f"{pk}-{generation}" if (generation or 1) > 1 else str(pk)): pk for pk, generation in rows}
    return {key: keys[key] for key in ids & keys.keys()}


def _rename(client: ScimClient, group: ScimGroup, name: str | None, external_id: str | None) -> list[str]:
    changed = []
    if name is not None and name != group.display_name:
        _refuse_portals_own(group)
        _refuse_taken_name(client, name, besides=group)
        group.display_name = name
        changed.append("display_name")
    if external_id is not None and external_id != group.external_id:
        if group.client_id is None:
            return changed  # several clients may call it what they like; the portal keeps none of it
        group.external_id = external_id
        changed.append("external_id")
    return changed


def _add(client: ScimClient, group: ScimGroup, accounts: set[int]) -> int:
    new = accounts - set(group.memberships.filter(user__in=accounts).values_list("user_id", flat=True))
    if not new:
        return 0
    _refuse_privileged(client, group)
    ScimMember.objects.bulk_create([ScimMember(group=group, user_id=pk) for pk in sorted(new)])
    for user in User.objects.filter(pk__in=new) if group.role else ():
        _give_role(group, user, by=client)
    return len(new)


def _take_out(client: ScimClient, group: ScimGroup, accounts: set[int]) -> int:
    members = group.memberships.filter(user__in=accounts)
    leaving = list(User.objects.filter(pk__in=members.values("user"))) if accounts else []
    if not leaving:
        return 0
    _refuse_privileged(client, group)
    members.delete()
    for user in leaving:
        _take_role(group, user, by=client)
    return len(leaving)


def _give_role(group: ScimGroup, user: User, *, by: Actor | None) -> None:
    """Give the group's role to somebody who has not got it. A closed account gets it when it is opened."""
    held = user.grants.current().filter(role=group.role, org_unit=group.org_unit)
    if group.role and user.is_active and not held.exists():
        grant_role(user, group.role, by=by, org_unit=group.org_unit)


def _take_role(group: ScimGroup, user: User, *, by: Actor | None) -> None:
    """Take the group's role back, unless another group still gives it."""
    others = ScimGroup.objects.filter(role=group.role, org_unit=group.org_unit, members=user).exclude(pk=group.pk)
    if not group.role or others.exists():
        return
    for grant in RoleGrant.objects.current().filter(user=user, role=group.role, org_unit=group.org_unit):
        revoke_role(grant, by=by)


def _refuse_privileged(client: ScimClient, group: ScimGroup) -> None:
    if group.is_privileged and not client.is_privileged:
        raise NotAllowed(_("This client may not give or take the role %s.") % group.get_role_display())


def _refuse_portals_own(group: ScimGroup) -> None:
    if group.client_id is None:
        raise Fixed(_("This group is the portal’s own: its members can be changed, the group cannot."))


def _refuse_taken_name(client: ScimClient, name: str, besides: ScimGroup | None = None) -> None:
    others = ScimGroup.objects.of(client).filter(display_name__iexact=name)
    if not name.strip():
        raise Refused(_("A group needs a displayName."))
    if besides:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        raise NotUnique(_("There is already a group called %s.") % name)
