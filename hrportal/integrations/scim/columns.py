"""Where each attribute that can be filtered and sorted by lies in the database."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, TextField, Value
from django.db.models.expressions import Case, Combinable, When
from django.db.models.functions import Cast, Coalesce, Collate, Concat, Lower

from hrportal.integrations.scim.models import ExternalId, ScimClient, ScimMember
from hrportal.integrations.scim.representation import UNIT_PREFIX
from hrportal.integrations.scim.schema import EnterpriseUser, Group, User
from hrportal.integrations.scim.state import last_modified, with_id
from hrportal.people.models import User as Account

NONE = Value("")


@dataclass(frozen=True)
class Text:
    """Words. An empty text is one that is not assigned."""

    of: Any
    is_exact: bool = False

    @property
    def comparable(self) -> Any:
        return self.of if self.is_exact else Lower(self.of)

    @property
    def sortable(self) -> Any:
        """In the order of code points, which is every database's if it is asked for."""
        collation = "C" if connection.vendor == "postgresql" else "BINARY"
        return Collate(Cast(self.comparable, TextField()), collation)


@dataclass(frozen=True)
class Truth:
    """Yes or no, or (where `is_there` says so) not assigned."""

    is_true: Q
    is_there: Q | None = None


@dataclass(frozen=True)
class Moment:
    """A time; None where there never is one."""

    of: Any


@dataclass(frozen=True)
class Members:
    """The members of groups, asked for by their ids."""

    having: Callable[[str], Any]
    any: Any


@dataclass(frozen=True)
class Whole:
    """A complex attribute, of which one can only ask whether it is there."""

    parts: tuple[str, ...]


Column = Text | Truth | Moment | Members | Whole
Columns = dict[str, Column]


def user_columns(client: ScimClient) -> Columns:
    """The attributes of users, by their full names."""
    core, enterprise = f"{User.__schema__}:", f"{EnterpriseUser.__schema__}:"
    names = ExternalId.objects.filter(client=client, user=OuterRef("pk")).values("value")[:1]
    person = Concat(
        Case(When(~Q(employee__preferred_name=""), then="employee__preferred_name"), default="employee__first_name"),
        Value(" "),
        "employee__last_name",
        output_field=CharField(),
    )
    display = Case(
        When(scim__isnull=False, then=F("scim__display_name")),
        When(employee__isnull=False, then=person),
        default=NONE,
        output_field=CharField(),
    )
    return {
        f"{core}id": Text(_account_id(""), is_exact=True),
        f"{core}externalId": Text(Coalesce(Subquery(names), NONE), is_exact=True),
        f"{core}userName": Text(F("username")),
        f"{core}displayName": Text(display),
        f"{core}name": Whole((f"{core}name.givenName", f"{core}name.familyName")),
        f"{core}name.givenName": Text(_or_none("employee__first_name")),
        f"{core}name.familyName": Text(_or_none("employee__last_name")),
        f"{core}nickName": Text(_or_none("employee__preferred_name")),
        f"{core}title": Text(_or_none("employee__job__name")),
        f"{core}active": Truth(Q(is_active=True)),
        f"{core}emails": Whole((f"{core}emails.value",)),
        f"{core}emails.value": Text(F("email")),
        f"{core}emails.type": Text(_if(~Q(email=""), Value("work"))),
        f"{core}emails.primary": Truth(Q(scim__is_email_primary=True), ~Q(email="") & _known("scim__is_email_primary")),
        f"{enterprise}employeeNumber": Text(_shown_number()),
        f"{enterprise}department": Text(_or_none("employee__org_unit__name")),
        f"{enterprise}manager": Whole((f"{enterprise}manager.value",)),
        f"{enterprise}manager.value": Text(_manager_id(), is_exact=True),
        f"{core}meta.resourceType": Text(Value("User"), is_exact=True),
        f"{core}meta.created": Moment(F("date_joined")),
        f"{core}meta.lastModified": Moment(last_modified()),
    }


def group_columns() -> Columns:
    """The attributes of groups that stand in a table of their own."""
    of_group = ScimMember.objects.filter(group=OuterRef("pk"))
    return {
        **_group_names(
            "group-", F("display_name"), lambda key: Exists(of_group.filter(user__in=_accounts(key))), Exists(of_group)
        ),
        f"{Group.__schema__}:externalId": Text(F("external_id"), is_exact=True),
        f"{Group.__schema__}:meta.created": Moment(F("created_at")),
        f"{Group.__schema__}:meta.lastModified": Moment(F("changed_at")),
    }


def unit_columns(accounts: Any) -> Columns:
    """The attributes of groups that are units; `accounts` are the accounts that clients meet."""
    inside = accounts.filter(employee__org_unit=OuterRef("pk")).order_by().values("pk")
    name = Concat(Value(UNIT_PREFIX), "name", output_field=CharField())
    return {
        **_group_names("unit-", name, lambda key: Exists(inside.filter(with_id(key))), Exists(inside)),
        f"{Group.__schema__}:externalId": Text(NONE, is_exact=True),
        f"{Group.__schema__}:meta.created": Moment(None),
        f"{Group.__schema__}:meta.lastModified": Moment(None),
    }


def _group_names(prefix: str, name: Any, having: Callable[[str], Any], any_member: Any) -> Columns:
    core = f"{Group.__schema__}:"
    members = Members(having, any_member)
    return {
        f"{core}id": Text(Concat(Value(prefix), Cast("pk", CharField()), output_field=CharField()), is_exact=True),
        f"{core}displayName": Text(name),
        f"{core}members": members,
        f"{core}members.value": members,
        f"{core}meta.resourceType": Text(Value("Group"), is_exact=True),
    }


def _accounts(scim_id: str) -> Any:
    """The account with this id: one or none."""
    return Account.objects.filter(with_id(scim_id)).order_by().values("pk")


def _account_id(prefix: str) -> Combinable:
    number = Cast(f"{prefix}pk", CharField())
    again = Concat(number, Value("-"), Cast(f"{prefix}scim__generation", CharField()), output_field=CharField())
    return Case(When(**{f"{prefix}scim__generation__gt": 1}, then=again), default=number, output_field=CharField())


def _manager_id() -> Combinable:
    manager = "employee__manager__user__"
    is_met = Q(**{f"{manager}pk__isnull": False}) & Q(**{f"{manager}scim__deleted_at": None})
    return _if(is_met, _account_id(manager))


def _shown_number() -> Combinable:
    number = "employee__employee_number"
    is_stand_in = Q(employee__source__startswith="scim:") & Q(**{number: F("username")})
    return Case(
        When(employee__isnull=True, then=NONE), When(is_stand_in, then=NONE), default=number, output_field=CharField()
    )


def _or_none(field: str) -> Combinable:
    return Coalesce(field, NONE, output_field=CharField())


def _known(field: str) -> Q:
    return Q(**{f"{field}__isnull": False})


def _if(condition: Q, then: Any) -> Combinable:
    return Case(When(condition, then=then), default=NONE, output_field=CharField())
