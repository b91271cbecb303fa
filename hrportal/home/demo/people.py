"""The organisation and its people, grown from the top: units, seats, employees with paths and history."""

import datetime
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from hrportal.common.paths import encode
from hrportal.home.demo import company
from hrportal.home.demo.company import BUSINESS_LEVEL, CHIEF_LEVEL, Business, Department, Place
from hrportal.home.demo.days import Calendar, between, days
from hrportal.home.demo.ground import Ground
from hrportal.home.demo.names import draw_name, mailbox
from hrportal.home.demo.rows import Rows
from hrportal.home.demo.wording import luck_of
from hrportal.people.enums import EmploymentStatus, Gender, LeaveReason, UnitKind
from hrportal.people.models import Employee, Employment, Job, OrgUnit, Position

TEAM = 8  # a manager and seven others
WIDEST = 7  # units below one unit
LEAVERS, VACANT, MOVED = 0.15, 0.03, 0.28
REASONS = [LeaveReason.VOLUNTARY] * 6 + [LeaveReason.INVOLUNTARY] * 2 + [LeaveReason.RETIREMENT, LeaveReason.OTHER]


@dataclass(frozen=True)
class Seat:
    """Where somebody sits: what is needed to place a person."""

    unit: OrgUnit
    place: Place
    family: str
    level: int
    manager: Employee | None


@dataclass
class Organisation:
    """Grows the company unit by unit. Of the people placed it remembers a few managers, never all."""

    rows: Rows
    ground: Ground
    calendar: Calendar
    seed: int
    placed: int = 0
    mailboxes: set[str] = field(default_factory=set)
    recent: deque[tuple[int, OrgUnit]] = field(default_factory=lambda: deque(maxlen=12))

    def __post_init__(self) -> None:
        self.luck = luck_of(self.seed, "organisation")

    def grow(self, size: int) -> None:
        """The whole company."""
        top = self._unit("ALD", company.NAME, UnitKind.COMPANY, None)
        chief = self._place(Seat(top, company.PLACES[0], "finance", CHIEF_LEVEL, None), "CEO")
        self._place(Seat(top, company.PLACES[0], "finance", 5, chief), "STAFF")
        for business, count in _shares(size - 2):
            self._business(top, chief, business, count)

    def _business(self, top: OrgUnit, chief: Employee, business: Business, size: int) -> None:
        unit = self._unit(business.code, business.name, UnitKind.BUSINESS_UNIT, top)
        place = company.PLACES[0]
        first = business.departments[0]
        head = self._place(Seat(unit, place, first.family, BUSINESS_LEVEL, chief), business.code)
        if len(business.departments) == 1:
            self._fill(unit, place, first, head, size - 1)
            return
        staff = 2 if size > 30 else 0
        self._staff(unit, place, first, head, staff)
        for department, count in zip(
            business.departments, _parts(size - 1 - staff, len(business.departments)), strict=True
        ):
            self._department(unit, head, department, count)

    def _department(self, above: OrgUnit, boss: Employee, department: Department, size: int) -> None:
        if not size:
            return
        place = self.luck.choice(company.PLACES)
        unit = self._unit(f"{above.code}-{_initials(department.name)}", department.name, UnitKind.DEPARTMENT, above)
        head = self._place(Seat(unit, place, department.family, _rank(size), boss))
        self._fill(unit, place, department, head, size - 1)

    def _fill(self, unit: OrgUnit, place: Place, department: Department, head: Employee, size: int) -> None:
        """Put so many people below the head of a unit: directly when they are few, in teams or further units when many."""
        if size <= TEAM + 2:
            self._staff(unit, place, department, head, size)
            return
        teams = round(size / TEAM)
        count = teams if teams <= WIDEST else WIDEST
        staff = max(0, 5 - count)
        self._staff(unit, place, department, head, staff, lowest=4)
        for number, part in enumerate(_parts(size - staff, count)):
            if teams <= WIDEST:
                self._team(unit, place, department, head, number, part)
            else:
                self._branch(unit, department, head, number, part)

    def _branch(self, above: OrgUnit, department: Department, boss: Employee, number: int, size: int) -> None:
        place = company.PLACES[number % len(company.PLACES)]
        name = f"{department.name} {place.city}"
        if above.name == name or above.name.startswith(f"{department.name} "):
            name = f"{above.name} {number + 1}"
        unit = self._unit(f"{above.code}-{place.code}", name, UnitKind.DEPARTMENT, above)
        head = self._place(Seat(unit, place, department.family, _rank(size), boss))
        self._fill(unit, place, department, head, size - 1)

    def _team(
        self, above: OrgUnit, near: Place, department: Department, boss: Employee, number: int, size: int
    ) -> None:
        place = near if self.luck.random() < 0.6 else self.luck.choice(company.PLACES)
        round_, which = divmod(number, len(department.teams))
        name = department.teams[which] + (f" {round_ + 1}" if round_ else "")
        unit = self._unit(f"{above.code}-{number + 1:02}", name, UnitKind.TEAM, above)
        head = self._place(Seat(unit, place, department.family, 6, boss))
        self._staff(unit, place, department, head, size - 1)

    def _staff(
        self, unit: OrgUnit, place: Place, department: Department, head: Employee, count: int, lowest: int = 1
    ) -> None:
        for _ in range(count):
            level = max(lowest, self.luck.choices((1, 2, 3, 4, 5), (14, 34, 32, 14, 6))[0])
            self._place(Seat(unit, place, department.family, level, head))
        for _ in range(_some(count * LEAVERS, self.luck)):
            self._place(Seat(unit, place, department.family, self.luck.randint(1, 4), head), leaves=True)
        self.recent.append((head.pk, unit))

    def _unit(self, code: str, name: str, kind: UnitKind, parent: OrgUnit | None) -> OrgUnit:
        number = self.rows.next_id(OrgUnit)
        path = (parent.path if parent else "") + encode(number)
        return self.rows.add(OrgUnit(pk=number, code=code, name=name, kind=kind, parent=parent, path=path))

    def _place(self, seat: Seat, special: str = "", *, leaves: bool = False) -> Employee:
        """Somebody new on a seat."""
        self.placed += 1
        luck = luck_of(self.seed, "person", self.placed)
        job = self.ground.jobs[special or (seat.family, seat.level)]
        first, last, gender = self._name(luck, seat.place.culture)
        number = self.rows.next_id(Employee)
        person = Employee(
            pk=number,
            path=(seat.manager.path if seat.manager else "") + encode(number),
            employee_number=f"A{10000 + self.placed}",
            source="hris",
            remote_id=f"w-{self.placed:07}",
            first_name=first,
            last_name=last,
            preferred_name=first[:3] if luck.random() < 0.01 and len(first) > 5 else "",
            work_email=self._address(first, last),
            gender=gender,
            birth_year=self.calendar.today.year
            - luck.randint(22 + 2 * min(seat.level, 8), 44 + 2 * min(seat.level, 9)),
            legal_entity=self.ground.entities[seat.place.country],
            location=self.ground.locations[seat.place.code],
            org_unit=seat.unit,
            job=job,
            manager=seat.manager,
        )
        hired_on = self._give_dates(person, seat, luck, leaves=leaves)
        self._give_seat(person, seat, job, luck)
        self._give_history(person, seat, hired_on, luck)
        return self.rows.add(person)

    def _name(self, luck: Random, culture: str) -> tuple[str, str, Gender]:
        """A name nobody has yet, if one is found in a few draws; in a large company some people are namesakes."""
        for _ in range(5):
            name = draw_name(luck, culture)
            if mailbox(*name[:2]) not in self.mailboxes:
                break
        return name

    def _address(self, first: str, last: str) -> str:
        name = wanted = mailbox(first, last)
        number = 1
        while name in self.mailboxes:
            number += 1
            name = f"{wanted}{number}"
        self.mailboxes.add(name)
        return f"{name}@{company.DOMAIN}"

    def _give_dates(self, person: Employee, seat: Seat, luck: Random, *, leaves: bool) -> datetime.date:
        """The first day, and perhaps the last. Leaders were here in all cycles told, so every review had its writer."""
        today = self.calendar.today
        longest = 5 + 2 * seat.level
        if seat.level >= 6 or leaves:
            hired_on = today - days(luck.randint(4 * 365 + 200, (longest + 4) * 365))
        else:
            hired_on = today - days(int(min(luck.expovariate(1 / (1100 + 450 * seat.level)), longest * 365)) + 8)
        if leaves:
            person.status, person.leave_reason = EmploymentStatus.LEFT, luck.choice(REASONS)
            person.left_on = today - days(luck.randint(3, 3 * 365))
        elif seat.level < 6 and luck.random() < 0.03:
            person.status = EmploymentStatus.LEAVE
        elif seat.level < 4 and luck.random() < 0.012:
            person.status, hired_on = EmploymentStatus.PENDING, today + days(luck.randint(6, 70))
        person.hired_on = hired_on
        return hired_on

    def _give_seat(self, person: Employee, seat: Seat, job: Job, luck: Random) -> None:
        code = f"P-{person.employee_number}"
        position = Position(code=code, name=f"{job.name}, {seat.unit.name}", job=job, org_unit=seat.unit)
        if person.status != EmploymentStatus.LEFT:
            person.position = self.rows.add(position)
        elif luck.random() < VACANT / LEAVERS:
            self.rows.add(position)  # nobody has taken the seat yet

    def _give_history(self, person: Employee, seat: Seat, hired_on: datetime.date, luck: Random) -> None:
        """Today's row, and for some an earlier one under another manager or in a lower job."""
        starts_on = hired_on
        last_day = person.left_on or self.calendar.today
        moved_on = between(last_day - days(4 * 365), last_day - days(60), luck)
        if seat.level < 6 and moved_on > hired_on + days(200) and luck.random() < MOVED:
            self._add_history(person, seat, starts_on, moved_on - days(1), earlier=self._before(seat, luck))
            starts_on = moved_on
        self._add_history(person, seat, starts_on, person.left_on, earlier={})

    def _before(self, seat: Seat, luck: Random) -> dict[str, object]:
        """What was different before somebody moved: the manager and unit, the job, or both."""
        before: dict[str, object] = {}
        if luck.random() < 0.65 and self.recent:
            before["manager_id"], before["org_unit"] = luck.choice(self.recent)
        if seat.level > 1 and (not before or luck.random() < 0.4):
            before["job"] = self.ground.jobs[seat.family, seat.level - 1]
        return before

    def _add_history(
        self,
        person: Employee,
        seat: Seat,
        starts_on: datetime.date,
        ends_on: datetime.date | None,
        *,
        earlier: dict[str, object],
    ) -> None:
        as_now: dict[str, object] = {"manager_id": person.manager_id, "org_unit": seat.unit, "job": person.job}
        self.rows.add(
            Employment(
                employee=person,
                location=person.location,
                legal_entity=person.legal_entity,
                position=None if earlier else person.position,
                starts_on=starts_on,
                ends_on=ends_on,
                **as_now | earlier,
            )
        )


def _shares(size: int) -> Iterator[tuple[Business, int]]:
    """How many people each business unit has; the first takes what rounding leaves."""
    counts = {business.code: max(4, round(business.share * size)) for business in company.BUSINESSES}
    counts[company.TECHNOLOGY] += size - sum(counts.values())
    for business in company.BUSINESSES:
        yield business, counts[business.code]


def _parts(total: int, count: int) -> list[int]:
    """A number in near-equal parts."""
    least, more = divmod(total, count)
    return [least + (place < more) for place in range(count)]


def _some(expected: float, luck: Random) -> int:
    """A whole number that is `expected` on average."""
    return int(expected) + (luck.random() < expected % 1)


def _rank(size: int) -> int:
    """The level of who heads so many people: director, or vice president."""
    return 8 if size > 150 else 7 if size > TEAM + 3 else 6


def _initials(name: str) -> str:
    return "".join(word[:2] for word in name.split() if word != "and").upper()
