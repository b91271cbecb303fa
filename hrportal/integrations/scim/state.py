"""An account as SCIM sees it: what is kept of it in several tables, in one place; and how a client finds it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import DateTimeField, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from hrportal.integrations.scim.models import ExternalId, ScimAccount, ScimClient, ScimGroup
from hrportal.journal.models import Fact
from hrportal.people.models import Employee, User

# Stands where the portal needs a name and nobody gave one.
UNKNOWN = "?"
NOT_DELETED = Q(scim=None) | Q(scim__deleted_at=None)


@dataclass(frozen=True)
class State:
    """What a client reads and writes of one account. Empty texts stand for what is not assigned."""

    user_name: str
    active: bool = True
    external_id: str = ""
    given_name: str = ""
    family_name: str = ""
    nick_name: str = ""
    display_name: str = ""
    title: str = ""
    email: str = ""
    is_email_primary: bool | None = None
    employee_number: str = ""
    department: str = ""
    manager: str = ""

    def differs(self, other: "State", *names: str) -> bool:
        """Whether one of these says something else."""
        return any(getattr(self, name) != getattr(other, name) for name in names)


def accounts_for(client: ScimClient) -> QuerySet[User]:
    """Every account that was not deleted over SCIM, with all that its state is made of."""
    mine = ExternalId.objects.filter(client=client)
    groups = ScimGroup.objects.of(client).only("id", "display_name")
    return (
        User.objects.filter(NOT_DELETED)
        .select_related(
            "scim", "employee__org_unit", "employee__job", "employee__manager__user__scim", "employee__manager__user"
        )
        .prefetch_related(
            Prefetch("external_ids", queryset=mine, to_attr="names_by_client"),
            Prefetch("scim_groups", queryset=groups, to_attr="groups_of_client"),
        )
        .annotate(modified_at=last_modified())
        .order_by("pk")
    )


def last_modified() -> Any:
    """When something of the account or its owner was last changed: every change of either leaves a fact or a time."""
    facts = Fact.objects.filter(subject_type="people.user", subject_id=OuterRef("pk")).order_by()
    newest = facts.values("subject_id").annotate(at=Max("recorded_at")).values("at")
    joined = F("date_joined")
    return Greatest(
        joined,
        Coalesce("employee__updated_at", joined),
        Coalesce(Subquery(newest), joined, output_field=DateTimeField()),
    )


def find_account(client: ScimClient, scim_id: str) -> User | None:
    """The account with this id, or None: an id that was deleted leads nowhere for ever."""
    return accounts_for(client).filter(with_id(scim_id)).first()


def with_id(scim_id: str) -> Q:
    """The rows of accounts that an id stands for: one or none."""
    number, dash, generation = scim_id.partition("-")
    if not _is_number(number) or (dash and not _is_number(generation)):
        return Q(pk__in=[])
    if not dash:
        return Q(pk=number) & (Q(scim=None) | Q(scim__generation=1))
    return Q(pk=number, scim__generation=generation) if int(generation) > 1 else Q(pk__in=[])


def id_of(user: User) -> str:
    """The id of an account: its number, and after a deletion how often it was made."""
    kept = kept_of(user)
    return str(user.pk) if kept is None or kept.generation == 1 else f"{user.pk}-{kept.generation}"


def kept_of(user: User) -> ScimAccount | None:
    """What SCIM keeps of the account beside it, if a client ever touched it."""
    return getattr(user, "scim", None)


def state_of(user: Any) -> State:
    """What is stored of an account read by `accounts_for`."""
    kept, names = kept_of(user), user.names_by_client
    return State(
        user_name=user.username,
        active=user.is_active,
        external_id=names[0].value if names else "",
        email=user.email,
        is_email_primary=kept.is_email_primary if kept and user.email else None,
        display_name=kept.display_name if kept else str(user.employee or ""),
        **(_of_person(user.employee, user.username) if user.employee else {}),
    )


def shown_number(employee: Employee, username: str) -> str:
    """The employee number; not the user name that takes the place of a number a client never gave."""
    is_stand_in = employee.source.startswith("scim:") and employee.employee_number == username
    return "" if is_stand_in else employee.employee_number


def _of_person(employee: Employee, username: str) -> dict[str, Any]:
    manager: User | None = getattr(employee.manager, "user", None)
    kept = kept_of(manager) if manager else None
    is_deleted = kept is not None and kept.deleted_at is not None
    return {
        "given_name": "" if employee.first_name == UNKNOWN else employee.first_name,
        "family_name": employee.last_name,
        "nick_name": employee.preferred_name,
        "title": employee.job.name if employee.job else "",
        "department": employee.org_unit.name if employee.org_unit else "",
        "employee_number": shown_number(employee, username),
        "manager": id_of(manager) if manager and not is_deleted else "",
    }


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16 and not text.startswith("0")
