"""Who is looking, and at whom they may look. Every `visible_to` in the house is built from these few sentences.

The table "Who sees what" of the domain names relations: oneself, one's chain below, one's units, everyone. Each is a
condition on rows here (`prefix` leads from the row to its employee), written once and used by page, API, export and count.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Exists, OuterRef, Q

from hrportal.common.paths import any_of, at_or_below, below, ids_of
from hrportal.journal.recording import Actor
from hrportal.people.enums import EmploymentStatus, Role

if TYPE_CHECKING:
    from hrportal.people.models import Employee, OrgUnit, User

NOBODY = Q(pk__in=[])
EVERYONE = ~NOBODY  # an empty Q() would vanish when it is joined with "or"


@dataclass(frozen=True)
class Viewer:
    """The rights behind one request: who it is, where they stand in the tree, which roles they hold over what.

    `scopes` is None for a person; for an API client it is what the client was given. A client acting for a person has
    both, and needs both. `client_units` are the units a client by itself is limited to; None is no limit.
    """

    user_id: int | None = None
    employee_id: int | None = None
    path: str = ""
    roles: frozenset[str] = frozenset()
    partner_units: tuple[str, ...] = ()
    executive_units: tuple[str, ...] = ()
    scopes: frozenset[str] | None = None
    client_units: tuple[str, ...] | None = None
    _told: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def once(self, name: str, ask: Callable[[], Any]) -> Any:
        """What an app asks of the database about this viewer: asked once in a request, however many rows it decides on."""
        if name not in self._told:
            self._told[name] = ask()
        return self._told[name]

    def has(self, *roles: Role) -> bool:
        """Whether one of these roles is held."""
        return any(role in self.roles for role in roles)

    @property
    def is_hr(self) -> bool:
        """An HR leader or an HR business partner of some unit."""
        return self.has(Role.HR_LEADER, Role.HRBP)

    @property
    def is_client(self) -> bool:
        """An API client on its own behalf: no person, only scopes."""
        return self.scopes is not None and self.user_id is None

    @property
    def is_over_all(self) -> bool:
        """Whose work is the whole company: an HR leader, or a client by itself that is not limited to units."""
        return self.has(Role.HR_LEADER) or (self.is_client and self.client_units is None)

    @property
    def given_units(self) -> tuple[str, ...]:
        """The units somebody works for who does not work for all: those a client is limited to, or a partner's."""
        return self.partner_units if self.client_units is None else self.client_units

    def client_rows(self, prefix: str = "employee__") -> Q:
        """Rows a client by itself may have to do with, by the unit of their person or seat: all, or those of its units.

        `prefix` leads from the row to whatever has the unit. What is in no unit is outside every limit.
        """
        return EVERYONE if self.client_units is None else self.seats(self.client_units, prefix)

    def client_org_units(self, prefix: str = "") -> Q:
        """The same for units themselves; `prefix` leads from the row to the unit."""
        if self.client_units is None:
            return EVERYONE
        return any_of(at_or_below(path, field=f"{prefix}path") for path in self.client_units)

    def is_client_for(self, row: Any) -> bool:
        """The sentence of `client_rows` about one person, seat, or other row with a unit."""
        return self.is_client_of(row.org_unit if row is not None else None)

    def is_client_of(self, unit: "OrgUnit | None") -> bool:
        """Whether this is a client by itself that works in a unit; None is the whole company."""
        if not self.is_client or self.client_units is None:
            return self.is_client
        return bool(unit and unit.path.startswith(self.client_units))

    def may_use(self, scope: str) -> bool:
        """Whether a client's scopes allow this; for a person there is nothing to ask."""
        return self.scopes is None or scope in self.scopes

    def oneself(self, prefix: str = "employee__") -> Q:
        """Rows about the viewer."""
        return Q(**{f"{prefix}id": self.employee_id}) if self.employee_id else NOBODY

    def others(self, prefix: str = "employee__") -> Q:
        """Rows about anybody but the viewer."""
        return ~Q(**{f"{prefix}id": self.employee_id}) if self.employee_id else EVERYONE

    def chain_below(self, prefix: str = "employee__") -> Q:
        """Rows about people below the viewer in the management chain."""
        return below(self.path, field=f"{prefix}path")

    def own_units(self, prefix: str = "employee__") -> Q:
        """Rows about people in the units a partner looks after, but not about the partner or those they report to."""
        if not self.partner_units:
            return NOBODY
        inside = any_of(at_or_below(path, field=f"{prefix}org_unit__path") for path in self.partner_units)
        return inside & ~Q(**{f"{prefix}id__in": ids_of(self.path)})

    def own_part(self, prefix: str = "employee__") -> Q:
        """Rows about an executive's part of the tree: everyone below them and in units given to them, not themselves."""
        if not self.has(Role.EXECUTIVE):
            return NOBODY
        units = any_of(at_or_below(path, field=f"{prefix}org_unit__path") for path in self.executive_units)
        return (units | self.chain_below(prefix)) & ~Q(**{f"{prefix}id__in": ids_of(self.path)})

    def superiors(self) -> list[int]:
        """The ids of everyone above the viewer, topmost first."""
        return ids_of(self.path)[:-1]

    def seats(self, units: Iterable[str], prefix: str) -> Q:
        """Rows about seats in some units, whoever sits on them; `prefix` leads from the row to its position."""
        return any_of(at_or_below(path, field=f"{prefix}org_unit__path") for path in units)

    def hr(self, prefix: str = "employee__") -> Q:
        """Rows that HR works with: all others for an HR leader, one's units for a partner."""
        if self.has(Role.HR_LEADER):
            return self.others(prefix)
        return self.own_units(prefix)

    def looks_after(self, employee: "Employee | None") -> bool:
        """Whether HR work on this person is the viewer's: the sentence of `hr`, about one person."""
        if employee is None or employee.pk == self.employee_id:
            return False
        if self.has(Role.HR_LEADER):
            return True
        unit = employee.org_unit
        return bool(unit and unit.path.startswith(self.partner_units)) and employee.pk not in ids_of(self.path)


NO_ONE = Viewer()


class Principal(Actor, Protocol):
    """Whoever asks: a signed-in person, an API client, or a client acting for a person. Signatures call them `user`."""

    @property
    def is_authenticated(self) -> bool: ...

    @property
    def viewer(self) -> Viewer: ...

    def has_perm(self, perm: str, obj: Any = None) -> bool: ...


def asked_by(user: Principal) -> dict[str, Any]:
    """The columns that say whose something is that was computed for whoever asked: the person's; what was asked with scopes
    is that client's or token's alone, for it may hold less."""
    client_id = "" if user.viewer.scopes is None else user.journal_identity.client_id
    return {"user_id": user.viewer.user_id, "client_id": client_id}


def viewer_of(user: "User") -> Viewer:
    """Work out an account's rights: two queries, one for the person, one for the roles given."""
    from hrportal.people.models import RoleGrant  # noqa: PLC0415  (models are described in terms of viewers)

    if not user.is_active:
        return NO_ONE
    person = _person(user)
    grants = list(RoleGrant.objects.current().filter(user=user).values_list("role", "org_unit__path"))
    return Viewer(
        user_id=user.pk,
        employee_id=person.get("id"),
        path=person.get("path", ""),
        roles=frozenset(role for role, _ in grants) | _roles_by_tree(person),
        partner_units=tuple(path for role, path in grants if role == Role.HRBP and path),
        executive_units=tuple(path for role, path in grants if role == Role.EXECUTIVE and path),
    )


def _person(user: "User") -> Mapping[str, Any]:
    from hrportal.people.models import Employee  # noqa: PLC0415  (as above)

    if not user.employee_id:
        return {}
    reports = Employee.objects.filter(manager=OuterRef("pk")).exclude(status=EmploymentStatus.LEFT)
    found = Employee.objects.filter(pk=user.employee_id).annotate(has_reports=Exists(reports))
    return found.values("id", "path", "has_reports").first() or {}


def _roles_by_tree(person: Mapping[str, Any]) -> frozenset[str]:
    if not person:
        return frozenset()
    return frozenset({Role.EMPLOYEE, Role.MANAGER} if person["has_reports"] else {Role.EMPLOYEE})
