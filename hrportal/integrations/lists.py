"""The lists of systems with access that can be taken away. Nothing that opens anything is in them: no secret, no hash, no hint."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.exports import Column
from hrportal.integrations.models import ApiClient
from hrportal.people.enums import Role
from hrportal.people.exports import ListKind, list_kind
from hrportal.people.models import PersonalToken

ADMINISTRATORS = frozenset({Role.ADMIN})


def _client_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Client"), str),
        Column(gettext_lazy("What it is for"), lambda row: row.purpose),
        Column(gettext_lazy("Reaches"), _reach),
        Column(gettext_lazy("Who answers for it"), lambda row: row.contact),
        Column(gettext_lazy("Scopes"), lambda row: ", ".join(row.scopes)),
        Column(gettext_lazy("Last used"), lambda row: row.last_used_at),
        Column(gettext_lazy("Revoked"), lambda row: row.revoked_at),
    ]


def _reach(row: ApiClient) -> str:
    return ", ".join(unit.name for unit in row.units.all()) if row.is_limited else _("Everybody")


def clients(user: Any, query: QueryDict) -> Any:
    """Every system, those revoked last."""
    return ApiClient.objects.visible_to(user).with_all().order_by("revoked_at", "client__name", "pk")


def _own_token_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Name"), lambda token: token.name),
        Column(gettext_lazy("May do"), lambda token: ", ".join(token.scopes or []) or _("All that you may")),
        *_life_columns(),
    ]


def _token_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Name"), lambda token: token.name),
        Column(gettext_lazy("Whose"), lambda token: token.user.username),
        Column(gettext_lazy("May do"), lambda token: ", ".join(token.scopes or []) or _("All that they may")),
        *_life_columns(),
    ]


def _life_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Valid until"), lambda token: token.expires_at),
        Column(gettext_lazy("Revoked"), lambda token: token.revoked_at),
        Column(gettext_lazy("Last used"), lambda token: token.last_used_at),
    ]


def own_tokens(user: Any, query: QueryDict) -> Any:
    """What the reader made for themselves."""
    return PersonalToken.objects.visible_to(user).filter(user_id=user.viewer.user_id)


def tokens(user: Any, query: QueryDict) -> Any:
    """Everybody’s, the newest first."""
    return PersonalToken.objects.visible_to(user).select_related("user").order_by("-pk")


CLIENTS = list_kind(
    ListKind(
        "integrations.clients", gettext_lazy("API clients"), _client_columns, clients, ADMINISTRATORS, in_person=True
    )
)
OWN_TOKENS = list_kind(
    ListKind(
        "integrations.own_tokens",
        gettext_lazy("Access tokens of one’s own"),
        _own_token_columns,
        own_tokens,
        in_person=True,
    )
)
TOKENS = list_kind(
    ListKind(
        "integrations.tokens",
        gettext_lazy("Access tokens of people"),
        _token_columns,
        tokens,
        ADMINISTRATORS,
        in_person=True,
    )
)
