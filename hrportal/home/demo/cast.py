"""The six people one signs in as, found in the grown company, and the HR partners of its parts."""

from dataclasses import dataclass

from django.db.models import Count, Q

from hrportal.common.paths import at_or_below
from hrportal.home.demo import company
from hrportal.home.demo.days import Calendar
from hrportal.people.enums import EmploymentStatus, Role, UnitKind
from hrportal.people.models import Employee, OrgUnit

PASSWORD = "hrportal-demo"  # noqa: S105  (known to everyone, which is why production refuses it)

PURPOSES = {
    "employee": "own goals, feedback, shared reviews and plan",
    "manager": "reviews to write tonight, goals and plans of the team",
    "hrbp": "HR partner of a business unit: calibration, hand-over, benches",
    "hrleader": "HR leader of the whole company: cycles, talent, audit",
    "executive": "head of a business unit: talent and succession of that part",
    "admin": "accounts, roles and audit, without contents",
}


@dataclass(frozen=True)
class Part:
    """One of the six: the user name, the person, the role given and over what."""

    username: str
    employee: Employee
    role: Role | None = None
    unit: OrgUnit | None = None


@dataclass(frozen=True)
class Cast:
    """Who plays whom, and which HR partner looks after which business unit (by path)."""

    parts: tuple[Part, ...]
    partners: dict[str, int]

    def __getitem__(self, username: str) -> Employee:
        return next(part.employee for part in self.parts if part.username == username)

    @property
    def ids(self) -> frozenset[int]:
        return frozenset(part.employee.pk for part in self.parts)


def find_cast(calendar: Calendar) -> Cast:
    """Choose people whose place fits the part."""
    technology = OrgUnit.objects.get(code=company.TECHNOLOGY)
    manager = _manager_in(technology, calendar)
    employee = manager.reports.filter(status=EmploymentStatus.ACTIVE).order_by("hired_on", "pk")[0]
    partners = _partners(technology)
    partner = Employee.objects.get(pk=partners[technology.path])
    parts = (
        Part("employee", employee),
        Part("manager", manager),
        Part("hrbp", partner, Role.HRBP, technology),
        Part("hrleader", _head(company.PEOPLE), Role.HR_LEADER),
        Part("executive", _head(company.TECHNOLOGY), Role.EXECUTIVE, technology),
        Part("admin", _member(company.IT), Role.ADMIN),
    )
    return Cast(parts, partners)


def _manager_in(unit: OrgUnit, calendar: Calendar) -> Employee:
    """Someone with a team of a size to get through in an evening, and somebody in it who has been here for years."""
    working = Q(reports__status=EmploymentStatus.ACTIVE)
    seasoned = working & Q(reports__hired_on__lt=calendar.round(2).starts_on)
    leads = Employee.objects.in_unit(unit).employed().filter(job__level__lt=company.BUSINESS_LEVEL)
    leads = leads.annotate(team=Count("reports", filter=working), seasoned=Count("reports", filter=seasoned))
    leads = leads.filter(seasoned__gte=1).exclude(reports__job__level__gte=6)
    return leads.filter(team__gte=6, team__lte=9).order_by("pk").first() or leads.order_by("-team", "pk")[0]


def _partners(first: OrgUnit) -> dict[str, int]:
    """The people of HR share the business units among them; the first of them looks after `first`."""
    people = OrgUnit.objects.get(code=company.PEOPLE)
    members = Employee.objects.employed().filter(at_or_below(people.path, field="org_unit__path"))
    free = list(
        members.exclude(pk=_head(company.PEOPLE).pk).order_by("-job__level", "pk").values_list("pk", flat=True)[:7]
    )
    units = OrgUnit.objects.filter(kind=UnitKind.BUSINESS_UNIT).exclude(pk__in=[first.pk, people.pk]).order_by("pk")
    return {unit.path: free[number % len(free)] for number, unit in enumerate([first, *units])}


def _head(code: str) -> Employee:
    return Employee.objects.get(position__job__code=f"head-{code}".lower())


def _member(code: str) -> Employee:
    unit = OrgUnit.objects.get(code=code)
    members = Employee.objects.in_unit(unit).filter(status=EmploymentStatus.ACTIVE, job__level__lt=6)
    return members.order_by("-job__level", "pk")[0]
