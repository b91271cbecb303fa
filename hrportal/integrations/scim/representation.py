"""From rows to what goes over the wire, and from what came over the wire to a state."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from scim2_models import Context, Meta, Reference

from hrportal.integrations.scim.errors import Refused
from hrportal.integrations.scim.models import ScimGroup
from hrportal.integrations.scim.schema import (
    Email,
    EnterpriseUser,
    FullUser,
    Group,
    GroupMember,
    GroupMembership,
    Manager,
    Name,
)
from hrportal.integrations.scim.state import State, id_of, state_of
from hrportal.people.models import OrgUnit

UNIT_PREFIX = "Unit: "
Json = dict[str, Any]


def base_url() -> str:
    """The address under which all of SCIM lies."""
    return f"{settings.PUBLIC_URL}/scim/v2"


def user_resource(user: Any) -> Any:
    """An account read by `accounts_for`, as a User."""
    resource = resource_of(state_of(user), scim_id=id_of(user))
    resource.groups = _groups_of(user)
    resource.meta = Meta(
        resource_type="User",
        created=user.date_joined,
        last_modified=user.modified_at,
        location=f"{base_url()}/Users/{resource.id}",
    )
    resource.meta.version = version_of(resource)
    return resource


def resource_of(state: State, *, scim_id: str) -> Any:
    """A User as its state says, without what no client writes."""
    resource = FullUser(
        id=scim_id,
        user_name=state.user_name,
        active=state.active,
        external_id=state.external_id or None,
        nick_name=state.nick_name or None,
        display_name=state.display_name or None,
        title=state.title or None,
    )
    if state.given_name or state.family_name:
        resource.name = Name(given_name=state.given_name or None, family_name=state.family_name or None)
    if state.email:
        resource.emails = [Email(value=state.email, type=Email.Type.work, primary=state.is_email_primary)]
    if state.employee_number or state.department or state.manager:
        resource[EnterpriseUser] = EnterpriseUser(
            employee_number=state.employee_number or None,
            department=state.department or None,
            manager=_manager(state.manager) if state.manager else None,
        )
    return resource


def state_from(resource: Any) -> State:
    """What a client wants, in our words."""
    name, extension, email = resource.name, resource[EnterpriseUser] or EnterpriseUser(), _work_email(resource)
    manager = extension.manager
    return State(
        user_name=_text(resource.user_name, 150, "userName"),
        active=resource.active is not False,
        external_id=_text(resource.external_id, 200, "externalId"),
        given_name=_text(name.given_name if name else None, 100, "name.givenName"),
        family_name=_text(name.family_name if name else None, 100, "name.familyName"),
        nick_name=_text(resource.nick_name, 100, "nickName"),
        display_name=_text(resource.display_name, 200, "displayName"),
        title=_text(resource.title, 200, "title"),
        email=_address(email.value if email else None),
        is_email_primary=email.primary if email else None,
        employee_number=_text(extension.employee_number, 50, "employeeNumber"),
        department=_text(extension.department, 200, "department"),
        manager=_text(manager.value or _last_part(manager.ref) if manager else None, 200, "manager"),
    )


def group_resource(group: ScimGroup, members: list[str] | None) -> Group:
    """A group with the ids of its members; without them if nobody asked (None)."""
    resource = Group(
        id=f"group-{group.pk}",
        external_id=group.external_id or None,
        display_name=group.display_name,
        meta=Meta(
            resource_type="Group",
            created=group.created_at,
            last_modified=group.changed_at,
            location=f"{base_url()}/Groups/group-{group.pk}",
            version=version_of_group(group),
        ),
    )
    resource.members = _members(members)
    return resource


def version_of_group(group: ScimGroup) -> str:
    """A weak entity tag: another one after every change, of members as well."""
    return f'W/"{group.changed_at.timestamp()}"'


def unit_resource(unit: OrgUnit, members: list[str] | None) -> Group:
    """A unit as a group, to read only: where somebody works is said of the person."""
    resource = Group(
        id=f"unit-{unit.pk}",
        display_name=f"{UNIT_PREFIX}{unit.name}",
        meta=Meta(resource_type="Group", location=f"{base_url()}/Groups/unit-{unit.pk}"),
    )
    resource.members = _members(members)
    return resource


def version_of(resource: Any) -> str:
    """A weak entity tag: the same for the same contents."""
    whole = resource.model_dump_json(scim_ctx=Context.RESOURCE_QUERY_RESPONSE, exclude={"meta"})
    return f'W/"{hashlib.sha256(whole.encode()).hexdigest()[:24]}"'


def _groups_of(user: Any) -> list[GroupMembership] | None:
    named = [(f"group-{group.pk}", group.display_name) for group in user.groups_of_client]
    unit = user.employee.org_unit if user.employee else None
    if unit and unit.is_active:
        named.append((f"unit-{unit.pk}", f"{UNIT_PREFIX}{unit.name}"))
    return [
        GroupMembership(value=key, ref=Reference(f"{base_url()}/Groups/{key}"), display=name, type="direct")
        for key, name in named
    ] or None


def _manager(scim_id: str) -> Manager:
    return Manager(value=scim_id, ref=Reference(f"{base_url()}/Users/{scim_id}"))


def _members(ids: list[str] | None) -> list[GroupMember] | None:
    found = [GroupMember(value=key, ref=Reference(f"{base_url()}/Users/{key}"), type="User") for key in ids or ()]
    return found or None


def _work_email(resource: Any) -> Any:
    """The address that is kept: the last one called a work address, else the preferred one, else the last."""
    given = [email for email in resource.emails or () if email.value]
    work = [email for email in given if email.type in (None, "work")]
    preferred = [email for email in given if email.primary]
    return next(reversed(work or preferred or given), None)


def _last_part(ref: Any) -> str | None:
    return str(ref).rstrip("/").rsplit("/", 1)[-1] if ref else None


def _address(value: Any) -> str:
    """A mail address by the portal's own rule, which knows addresses inside a house as well."""
    address = _text(value, 254, "emails")
    try:
        if address:
            validate_email(address)
    except ValidationError as error:
        raise Refused(_("%s is not a mail address.") % address) from error
    return address


def _text(value: Any, longest: int, name: str) -> str:
    text = str(value or "").strip()
    if len(text) > longest:
        raise Refused(_("%(name)s has room for %(number)d characters.") % {"name": name, "number": longest})
    if "\x00" in text:
        raise Refused(_("%s holds a character that cannot be stored.") % name)
    return text
