"""Lists of users and groups: filtered, sorted, page by page, with the attributes that were asked for."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from scim2_models import Context, InvalidValueException, SearchRequest

from hrportal.integrations.scim.columns import group_columns, unit_columns, user_columns
from hrportal.integrations.scim.filtering import condition, order
from hrportal.integrations.scim.limits import FARTHEST, MOST_RESULTS, USUAL_RESULTS
from hrportal.integrations.scim.models import ScimClient, ScimGroup, ScimMember
from hrportal.integrations.scim.representation import Json, group_resource, unit_resource, user_resource
from hrportal.integrations.scim.schema import FullUser, Group
from hrportal.integrations.scim.state import NOT_DELETED, accounts_for, id_of
from hrportal.people.models import OrgUnit
from hrportal.people.models import User as Account

LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
Search = SearchRequest[Any]


def list_users(client: ScimClient, search: Search) -> Json:
    """A page of users."""
    first, count = _page(search)
    found = _users(client, search)
    rows = found[first : first + count] if count else []
    return _answer(search, found.count(), (_shown(user_resource(user), search) for user in rows))


def list_groups(client: ScimClient, search: Search) -> Json:
    """A page of groups: those of the client and of the portal, then the units."""
    first, count = _page(search)
    groups, units = _groups(client, search), _units(search)
    if search.sort_by:
        keys = _sorted_keys(groups, units, search)
        total, wanted = len(keys), keys[first : first + count]
    else:
        here, there = groups.count(), units.count()
        total, wanted = here + there, []
        if count and first < here:
            wanted = [("group", pk) for pk in groups.values_list("pk", flat=True)[first : first + count]]
        if rest := count - len(wanted):
            begin = max(first - here, 0)
            wanted += [("unit", pk) for pk in units.values_list("pk", flat=True)[begin : begin + rest]]
    return _answer(search, total, (_shown(group, search) for group in group_resources(wanted, search)))


def list_everything(client: ScimClient, search: Search) -> Json:
    """Users, then groups: what is asked at the root is asked of all."""
    if search.sort_by:
        raise InvalidValueException(detail=_("Users and groups are sorted each for themselves, at /Users and /Groups."))
    first, count = _page(search)
    users, groups, units = (
        _users(client, search, is_shared=True),
        _groups(client, search, is_shared=True),
        _units(search, is_shared=True),
    )
    sizes = [rows.count() for rows in (users, groups, units)]
    shown: list[Json] = [_shown(user_resource(user), search) for user in _slice(users, first, count, before=0)]
    keys = [("group", row.pk) for row in _slice(groups, first, count, before=sizes[0])]
    keys += [("unit", row.pk) for row in _slice(units, first, count, before=sizes[0] + sizes[1])]
    shown += [_shown(group, search) for group in group_resources(keys, search)]
    return _answer(search, sum(sizes), shown)


def group_resources(keys: list[tuple[str, int]], search: Any) -> list[Group]:
    """These groups in this order; their members are read only if they are asked for."""
    groups = ScimGroup.objects.in_bulk([pk for kind, pk in keys if kind == "group"])
    units = OrgUnit.objects.in_bulk([pk for kind, pk in keys if kind == "unit"])
    inside = members_of(groups.keys(), units.keys()) if _wants_members(search) else None
    found = []
    for key in keys:
        kind, pk = key
        members = inside.get(key, []) if inside is not None else None
        found.append(group_resource(groups[pk], members) if kind == "group" else unit_resource(units[pk], members))
    return found


def members_of(groups: Iterable[int], units: Iterable[int]) -> dict[tuple[str, int], list[str]]:
    """The ids of the accounts in these groups and units."""
    inside: dict[tuple[str, int], list[str]] = {}
    for member in ScimMember.objects.filter(group__in=groups).select_related("user__scim").order_by("user_id"):
        inside.setdefault(("group", member.group_id), []).append(id_of(member.user))
    accounts = Account.objects.filter(NOT_DELETED, employee__org_unit__in=units).select_related("scim")
    for user in accounts.annotate(unit=F("employee__org_unit")).order_by("pk"):
        inside.setdefault(("unit", user.unit), []).append(id_of(user))
    return inside


def is_asked_for(search: Any, name: str) -> bool:
    """Whether an attribute that is returned unless said otherwise is to be returned."""
    named = {str(path).lower().rsplit(":", 1)[-1].partition(".")[0] for path in search.attributes or ()}
    left_out = {str(path).lower().rsplit(":", 1)[-1] for path in search.excluded_attributes or ()}
    return name in named if named else name not in left_out


def _wants_members(search: Any) -> bool:
    return is_asked_for(search, "members")


def _users(client: ScimClient, search: Search, *, is_shared: bool = False) -> QuerySet[Account]:
    columns = user_columns(client)
    wanted = condition(search.filter, FullUser, columns, is_shared=is_shared)
    return accounts_for(client).filter(wanted).order_by(*order(search, FullUser, columns))


def _groups(client: ScimClient, search: Search, *, is_shared: bool = False) -> QuerySet[ScimGroup]:
    columns = group_columns()
    wanted = condition(search.filter, Group, columns, is_shared=is_shared)
    return ScimGroup.objects.of(client).filter(wanted).order_by("pk")


def _units(search: Search, *, is_shared: bool = False) -> QuerySet[OrgUnit]:
    columns = unit_columns(Account.objects.filter(NOT_DELETED))
    wanted = condition(search.filter, Group, columns, is_shared=is_shared)
    return OrgUnit.objects.filter(wanted, is_active=True).order_by("pk")


def _sorted_keys(groups: Any, units: Any, search: Search) -> list[tuple[str, int]]:
    """Groups and units in one order. There are as many as an organisation has units, so this is done here."""
    resources = [group_resource(group, None) for group in groups] + [unit_resource(unit, None) for unit in units]
    keys = [str(resource.id).partition("-") for resource in search.sort(resources)]
    return [(kind, int(pk)) for kind, _dash, pk in keys]


def _slice(rows: Any, first: int, count: int, *, before: int) -> Any:
    """The part of these rows that falls on the page, when `before` rows come before them."""
    begin, end = max(first - before, 0), max(first + count - before, 0)
    return rows[begin:end] if end > begin else []


def _page(search: Search) -> tuple[int, int]:
    count = USUAL_RESULTS if search.count is None else min(search.count, MOST_RESULTS)
    return min((search.start_index or 1) - 1, FARTHEST), count


def _shown(resource: Any, search: Any) -> Json:
    return resource.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE, response_parameters=search)


def _answer(search: Search, total: int, resources: Iterable[Json]) -> Json:
    shown = list(resources)
    return {
        "schemas": [LIST],
        "totalResults": total,
        "startIndex": search.start_index or 1,
        "itemsPerPage": len(shown),
        "Resources": shown,
    }
