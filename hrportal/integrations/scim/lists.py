"""The lists of identity providers that can be taken away: who they are, their groups, what they asked. No token is in them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.exports import Column
from hrportal.integrations.scim.models import ScimClient, ScimGroup, ScimRequest
from hrportal.people.enums import Role
from hrportal.people.exports import ListKind, list_kind, of_named

ADMINISTRATORS = frozenset({Role.ADMIN})


def _client_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Client"), lambda client: client.name),
        Column(gettext_lazy("May"), _choices),
        Column(gettext_lazy("Valid tokens"), lambda client: client.good_tokens),
        Column(gettext_lazy("Last used"), lambda client: client.last_used_at),
        Column(gettext_lazy("Disconnected"), lambda client: client.closed_at),
    ]


def _choices(client: ScimClient) -> str | None:
    if client.closed_at:
        return None
    given = {
        _("take on people"): client.takes_on_people,
        _("end employments"): client.ends_employments,
        _("send invitations"): client.sends_invitations,
        _("give privileged roles"): client.is_privileged,
    }
    return ", ".join([_("keep accounts"), *(words for words, is_given in given.items() if is_given)])


def clients(user: Any, query: QueryDict) -> Any:
    """Every identity provider with when it was last here, those shut out last."""
    rows = ScimClient.objects.visible_to(user).annotate(
        last_used_at=Max("tokens__last_used_at"),
        good_tokens=Count("tokens", filter=Q(tokens__revoked_at=None), distinct=True),
    )
    return rows.order_by("closed_at", "name")


def _group_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Client"), lambda group: group.client),
        Column(gettext_lazy("Group"), lambda group: group.display_name),
        Column(gettext_lazy("Members"), lambda group: group.size),
        Column(gettext_lazy("Role"), lambda group: group.get_role_display() if group.role else None),
        Column(gettext_lazy("Unit"), lambda group: group.org_unit),
    ]


def with_size(groups: QuerySet[ScimGroup]) -> Any:
    """Groups with what they stand for and how many are in them, by name."""
    sized = groups.select_related("client", "org_unit").annotate(size=Count("memberships"))
    return sized.order_by("display_name", "pk")


def _groups(user: Any, query: QueryDict) -> Any:
    """The groups that clients made; with `client` those of one."""
    made = ScimGroup.objects.visible_to(user).exclude(client=None)
    return with_size(of_named(query, "client", ScimClient.objects.visible_to(user), made))


def _request_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Client"), lambda row: row.client),
        Column(gettext_lazy("Request"), lambda row: f"{row.method} /{row.path}"),
        Column(gettext_lazy("When"), lambda row: row.made_at),
        Column(gettext_lazy("Answer"), lambda row: row.status),
        Column(gettext_lazy("Detail"), lambda row: row.detail),
    ]


def filtered_requests(requests: QuerySet[ScimRequest], query: QueryDict) -> QuerySet[ScimRequest]:
    """All of them, or with `refused=1` those that were refused."""
    return requests.filter(status__gte=400) if query.get("refused") == "1" else requests


def _requests(user: Any, query: QueryDict) -> Any:
    """What clients asked; with `client` what one of them did."""
    visible = ScimClient.objects.visible_to(user)
    rows = ScimRequest.objects.filter(client__in=visible).select_related("client")
    return filtered_requests(of_named(query, "client", visible, rows), query)


CLIENTS = list_kind(
    ListKind(
        "integrations.scim_clients",
        gettext_lazy("SCIM clients"),
        _client_columns,
        clients,
        ADMINISTRATORS,
        in_person=True,
    )
)
GROUPS = list_kind(
    ListKind(
        "integrations.scim_groups", gettext_lazy("SCIM groups"), _group_columns, _groups, ADMINISTRATORS, in_person=True
    )
)
REQUESTS = list_kind(
    ListKind(
        "integrations.scim_requests",
        gettext_lazy("SCIM requests"),
        _request_columns,
        _requests,
        ADMINISTRATORS,
        in_person=True,
    )
)
