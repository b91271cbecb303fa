"""Groups over the wire. Their members are changed by the ones that come and go, so that a large group is not read for
each of them.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from scim2_models import Context, InvalidPathException, InvalidValueException, NotFoundException, PatchOp

from hrportal.integrations.scim.actions.clients import lock_client
from hrportal.integrations.scim.actions.memberships import change_group, create_group, delete_group
from hrportal.integrations.scim.answers import Answer, refuse_stale
from hrportal.integrations.scim.errors import Fixed
from hrportal.integrations.scim.listing import group_resources
from hrportal.integrations.scim.models import ScimClient, ScimGroup
from hrportal.integrations.scim.representation import Json, group_resource, version_of_group
from hrportal.integrations.scim.schema import Group
from hrportal.people.models import OrgUnit

PREFIX = f"{Group.__schema__}:".lower()
ONE_MEMBER = re.compile(r'members\[value eq "([^"\\]+)"\]', re.IGNORECASE)
LONGEST_NAME = 200


@dataclass
class Turnover:
    """Who comes into a group and who goes; `whole` if it was said who shall be in it."""

    whole: set[str] | None = None
    joining: set[str] = field(default_factory=set)
    leaving: set[str] = field(default_factory=set)

    def add(self, ids: set[str]) -> None:
        if self.whole is not None:
            self.whole |= ids
        self.joining |= ids
        self.leaving -= ids

    def remove(self, ids: set[str]) -> None:
        if self.whole is not None:
            self.whole -= ids
        self.leaving |= ids
        self.joining -= ids

    def replace(self, ids: set[str]) -> None:
        self.whole, self.joining, self.leaving = ids, set(), set()


def create(client: ScimClient, body: Json, shown: Any) -> Answer:
    """POST: a group of the client's own."""
    wanted = Group.model_validate(body, scim_ctx=Context.RESOURCE_CREATION_REQUEST)
    name, external_id = _names(wanted)
    group = create_group(client, name=name, external_id=external_id, members=_ids(wanted.members))
    return Answer.of(_resource(("group", group.pk), shown), shown, status=201)


def retrieve(client: ScimClient, key: str, shown: Any) -> Answer:
    """GET: a group or a unit."""
    return Answer.of(_resource(_key(client, key), shown), shown)


def replace(client: ScimClient, key: str, body: Json, shown: Any, request: HttpRequest) -> Answer:
    """PUT: the group has this name and these members."""
    wanted = Group.model_validate(body, scim_ctx=Context.RESOURCE_REPLACEMENT_REQUEST)
    name, external_id = _names(wanted)
    with transaction.atomic():
        client = lock_client(client)
        group = _locked(client, key)
        refuse_stale(request, version_of_group(group))
        change_group(client, group, name=name, external_id=external_id, members=_ids(wanted.members))
    return Answer.of(_resource(("group", group.pk), shown), shown)


def modify(client: ScimClient, key: str, body: Json, shown: Any, request: HttpRequest) -> Answer:
    """PATCH: 204, because nobody who lets one account in wants to read them all; with `attributes`, what was asked for."""
    patch_class: Any = PatchOp[Group]
    patch = patch_class.model_validate(body, scim_ctx=Context.RESOURCE_PATCH_REQUEST)
    turnover, rest = _split(patch)
    with transaction.atomic():
        client = lock_client(client)
        group = _locked(client, key)
        refuse_stale(request, version_of_group(group))
        resource = group_resource(group, None)
        if rest:
            patch_class(operations=rest).patch(resource)
        name, external_id = _names(resource)
        change_group(
            client,
            group,
            name=name,
            external_id=external_id,
            members=turnover.whole,
            add=turnover.joining if turnover.whole is None else (),
            remove=turnover.leaving if turnover.whole is None else (),
        )
    if not shown.attributes:
        return Answer(None, status=204, version=version_of_group(ScimGroup.objects.get(pk=group.pk)))
    return Answer.of(_resource(("group", group.pk), shown), shown)


def delete(client: ScimClient, key: str, request: HttpRequest) -> Answer:
    """DELETE: the group goes, its members stay."""
    with transaction.atomic():
        client = lock_client(client)
        group = _locked(client, key)
        refuse_stale(request, version_of_group(group))
        delete_group(client, group)
    return Answer(None, status=204)


def _split(patch: Any) -> tuple[Turnover, list[Any]]:
    """The changes of members, and the operations on everything else."""
    turnover, rest = Turnover(), []
    for operation in patch.operations:
        path = str(operation.path or "")
        path = path[len(PREFIX) :] if path.lower().startswith(PREFIX) else path
        if path.lower().startswith("members"):
            _take_in(turnover, str(operation.op.value), path, operation.value)
        elif not path and isinstance(operation.value, dict):
            rest.append(operation.model_copy(update={"value": _without_members(turnover, operation)}))
        else:
            rest.append(operation)
    return turnover, [operation for operation in rest if operation.path or operation.value]


def _without_members(turnover: Turnover, operation: Any) -> Json:
    others = {}
    for name, value in operation.value.items():
        if name.lower().removeprefix(PREFIX) == "members":
            _take_in(turnover, str(operation.op.value), "members", value)
        else:
            others[name] = value
    return others


def _take_in(turnover: Turnover, op: str, path: str, value: Any) -> None:
    one = ONE_MEMBER.fullmatch(path)
    if op == "remove" and one:
        turnover.remove({one[1]})
    elif path.lower() != "members":
        raise InvalidPathException(detail=_('Members are changed by `members` or `members[value eq "…"]`.'))
    elif op == "remove":
        turnover.replace(set()) if value is None else turnover.remove(_ids(value))
    elif op == "replace":
        turnover.replace(_ids(value))
    else:
        turnover.add(_ids(value))


def _ids(members: Any) -> set[str]:
    """The ids in a list of members, in whichever shape they were sent."""
    given = members if isinstance(members, list) else [members] if members else []
    return {_id(member) for member in given}


def _id(member: Any) -> str:
    value = member.get("value") if isinstance(member, dict) else getattr(member, "value", member)
    if not isinstance(value, str) or not value:
        raise InvalidValueException(detail=_("A member is named by the id of an account, in `value`."))
    return value


def _names(resource: Group) -> tuple[str, str]:
    name, external_id = (resource.display_name or "").strip(), resource.external_id or ""
    if len(name) > LONGEST_NAME or len(external_id) > LONGEST_NAME:
        raise InvalidValueException(detail=_("Names of groups have room for %d characters.") % LONGEST_NAME)
    return name, external_id


def _locked(client: ScimClient, key: str) -> ScimGroup:
    """The group as nobody else changes it before this request has. Its client is locked before it, as everywhere."""
    kind, pk = _key(client, key)
    if kind == "unit":
        raise Fixed(_("A unit is changed by the people in it: write the user’s department."))
    return ScimGroup.objects.select_for_update(of=("self",)).get(pk=pk)


def _key(client: ScimClient, key: str) -> tuple[str, int]:
    kind, _dash, number = key.partition("-")
    rows: Any = {"group": ScimGroup.objects.of(client), "unit": OrgUnit.objects.filter(is_active=True)}.get(kind)
    is_number = number.isascii() and number.isdigit() and len(number) < 16
    if rows is None or not is_number or not rows.filter(pk=number).exists():
        raise NotFoundException(detail=_("There is no group with the id %s.") % key)
    return kind, int(number)


def _resource(key: tuple[str, int], shown: Any) -> Group:
    return group_resources([key], shown)[0]
