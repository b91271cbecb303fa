"""Improvement plans: one in mid-course, one waiting for HR, one still a draft, and one that ended well."""

import datetime
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.db.models import Model

from hrportal.home.demo import company
from hrportal.home.demo.days import at, days
from hrportal.home.demo.world import World
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee, OrgUnit
from performance.enums import (
    ImprovementEntryKind,
    ImprovementOutcome,
    ImprovementState,
    MilestoneResult,
    RemarkReaders,
    SupportKind,
)
from performance.models import (
    ImprovementEntry,
    ImprovementMilestone,
    ImprovementPlan,
    ImprovementRemark,
    ImprovementStep,
    ImprovementSupport,
)

REASON = (
    "Three deliveries of the last quarter came later than promised, and each time the people who waited heard of it "
    "on the day itself. We talked about it in two one-to-ones; the third delay followed a week later."
)
EXPECTATIONS = (
    "Promise a day only after the work has been cut into steps. When a day is in danger, say so at least three working "
    "days before, to me and to those who wait. Ask for help early: that is never held against anybody."
)
MILESTONES = (
    ("Every promised day of the next four weeks is kept or moved in time", "The shared board: no delay without a note"),
    ("A plan in steps for the next larger piece of work", "Read and agreed by the team before the work starts"),
    ("Two partners say that they can plan with the dates", "A short talk with each of them, noted here"),
)
SUPPORT = (
    (SupportKind.MENTOR, "An hour a week with an experienced colleague, to cut work into steps"),
    (SupportKind.TIME, "No support duty for the length of the plan"),
)


def tell_improvement_plans(world: World) -> None:
    """A handful, whatever the size of the company, where the demo's people find them."""
    manager = world.cast["manager"]
    for person, tell in zip(_team(world, manager), (_in_mid_course, _in_draft), strict=False):
        tell(_Told(world, person, manager.pk))
    for person in _neighbours(world, manager)[:1]:
        _waiting_for_hr(_Told(world, person, person.manager_id or manager.pk))
    _ended_well(_Told(world, world.cast["employee"], manager.pk))


def _team(world: World, manager: Employee) -> list[Employee]:
    """Those of the team who find it hardest, the six left out."""
    team = _seasoned(world).filter(manager=manager).exclude(pk__in=world.cast.ids)
    return sorted(team, key=lambda person: (world.ability(person.pk), person.pk))


def _neighbours(world: World, manager: Employee) -> list[Employee]:
    """People of the same business unit in other teams, who lead nobody."""
    unit = OrgUnit.objects.get(code=company.TECHNOLOGY)
    others = _seasoned(world).filter(org_unit__path__startswith=unit.path, reports=None)
    others = others.exclude(manager=manager).exclude(manager=None).exclude(pk__in=world.cast.ids)
    return sorted(others.order_by("pk")[:50], key=lambda person: (world.ability(person.pk), person.pk))


def _seasoned(world: World) -> Any:
    long_ago = world.calendar.today - days(200)
    return Employee.objects.filter(status=EmploymentStatus.ACTIVE, hired_on__lt=long_ago).select_related("org_unit")


@dataclass
class _Told:
    """One plan as it grows: rows are written when the story is over."""

    world: World
    person: Employee
    manager: int
    luck: Random = field(init=False)
    plan: ImprovementPlan = field(init=False)
    lines: list[Model] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.luck = self.world.luck("improvement", self.person.pk)

    @property
    def hr(self) -> int:
        return self.world.partner_of(self.person.org_unit.path if self.person.org_unit else "")

    def begin(self, day: datetime.date, *, starts_on: datetime.date, length: int = 84) -> None:
        self.plan = ImprovementPlan(
            employee=self.person,
            owner_id=self.manager,
            created_by_id=self.manager,
            created_at=at(day, self.luck),
            reason=REASON,
            expectations=EXPECTATIONS,
            starts_on=starts_on,
            ends_on=starts_on + days(length),
        )
        self.plan.pk = self.world.rows.next_id(ImprovementPlan)
        for number, (title, measure) in enumerate(MILESTONES, start=1):
            due_on = starts_on + days(length * number // (len(MILESTONES) + 1))
            self._line(ImprovementMilestone(plan=self.plan, title=title, measure=measure, due_on=due_on))
        for kind, description in SUPPORT:
            self._line(ImprovementSupport(plan=self.plan, kind=kind, description=description))
        self.step("create_improvement_plan", ImprovementState.DRAFT, day, by=self.manager)

    def step(self, name: str, state: ImprovementState, day: datetime.date, *, by: int, reason: str = "") -> None:
        """One step of the record; the plan is at its state afterwards."""
        self.plan.state = state
        moment = at(day, self.luck)
        if name == "submit_improvement_plan":
            self.plan.submitted_by_id = by
        if name == "approve_improvement_plan":
            self.plan.opened_at, self.plan.approved_by_id = moment, by
        if name == "acknowledge_improvement_plan":
            self.plan.acknowledged_at, self.plan.acknowledged_version = moment, self.plan.version
        row = ImprovementStep(plan=self.plan, name=name, state=state, version=1, reason=reason, made_at=moment)
        row.made_by_id, row.is_for_employee, row.content = by, self.plan.was_seen, self._content()
        self._line(row)

    def open(self, day: datetime.date, *, read_after: int) -> None:
        """From the manager's hands over HR's to the employee's."""
        self.step("submit_improvement_plan", ImprovementState.HR_APPROVAL, day - days(3), by=self.manager)
        self.step("approve_improvement_plan", ImprovementState.OPEN, day, by=self.hr)
        read = day + days(read_after)
        self.step("acknowledge_improvement_plan", ImprovementState.ACKNOWLEDGED, read, by=self.person.pk)

    def entry(self, kind: ImprovementEntryKind, day: datetime.date, text: str, *, by: int) -> None:
        row = ImprovementEntry(plan=self.plan, kind=kind, held_on=day, text=text, made_at=at(day, self.luck))
        row.made_by_id = by
        self._line(row)

    def judge(self, number: int, result: MilestoneResult, day: datetime.date, note: str = "") -> None:
        milestone = [line for line in self.lines if isinstance(line, ImprovementMilestone)][number]
        milestone.result, milestone.note, milestone.judged_at = result, note, at(day, self.luck)
        milestone.judged_by_id = self.manager
        self.step(
            "judge_improvement_milestone",
            ImprovementState(self.plan.state),
            day,
            by=self.manager,
            reason=milestone.title,
        )

    def write(self) -> None:
        for row in (self.plan, *self.lines):
            self.world.rows.add(row)

    def _line(self, row: Model) -> None:
        row.pk = self.world.rows.next_id(type(row))
        self.lines.append(row)

    def _content(self) -> dict[str, Any]:
        plan = self.plan
        return {
            "reason": plan.reason,
            "expectations": plan.expectations,
            "starts_on": plan.starts_on and plan.starts_on.isoformat(),
            "ends_on": plan.ends_on and plan.ends_on.isoformat(),
            "rhythm": plan.rhythm,
            "milestones": [_milestone(line) for line in self.lines if isinstance(line, ImprovementMilestone)],
            "support": [_support(line) for line in self.lines if isinstance(line, ImprovementSupport)],
        }


def _milestone(row: ImprovementMilestone) -> dict[str, Any]:
    due_on = row.due_on and row.due_on.isoformat()
    said = {"measure": row.measure, "due_on": due_on, "result": row.result, "note": row.note}
    return {"id": row.pk, "title": row.title, **said}


def _support(row: ImprovementSupport) -> dict[str, Any]:
    return {"id": row.pk, "kind": row.kind, "description": row.description}


def _in_mid_course(told: _Told) -> None:
    today, first = told.world.calendar.today, told.person.preferred_name or told.person.first_name
    begun = today - days(35)
    told.begin(begun - days(8), starts_on=begun)
    told.open(begun, read_after=2)
    told.entry(
        ImprovementEntryKind.RESPONSE,
        begun + days(2),
        "I agree that the days were missed. Twice I waited for others and did not say so. I would like to show that it can be different.",
        by=told.person.pk,
    )
    told.entry(
        ImprovementEntryKind.CHECK_IN,
        begun + days(13),
        f"{first} showed the board: one day moved, four days ahead and with a note. The mentor helps. Next: the larger piece of work.",
        by=told.manager,
    )
    told.judge(0, MilestoneResult.MET, begun + days(22))
    told.entry(
        ImprovementEntryKind.EVIDENCE,
        begun + days(23),
        "The dates of the last four weeks, from the board: all kept, or moved in time.",
        by=told.person.pk,
    )
    told.entry(
        ImprovementEntryKind.CHECK_IN,
        begun + days(27),
        "A good month. We agreed that the steps for the larger piece are read by the team next week.",
        by=told.manager,
    )
    told._line(
        ImprovementRemark(
            plan=told.plan,
            readers=RemarkReaders.HR,
            text="Spoke with both sides separately. Tone is fair on both sides; workload before summer was high.",
            made_by_id=told.hr,
            made_at=at(begun + days(15), told.luck),
        )
    )
    told.plan.next_check_in_on = begun + days(41)
    told.write()


def _in_draft(told: _Told) -> None:
    yesterday = told.world.calendar.yesterday
    told.begin(yesterday, starts_on=told.world.calendar.today + days(7))
    told.plan.expectations = ""
    told.write()


def _waiting_for_hr(told: _Told) -> None:
    yesterday = told.world.calendar.yesterday
    told.begin(yesterday - days(4), starts_on=told.world.calendar.today + days(5))
    told.step("submit_improvement_plan", ImprovementState.HR_APPROVAL, yesterday, by=told.manager)
    told.write()


def _ended_well(told: _Told) -> None:
    begun = told.world.calendar.today - days(500)
    told.begin(begun - days(9), starts_on=begun)
    told.open(begun, read_after=1)
    for number, day in enumerate((21, 42, 63)):
        told.entry(ImprovementEntryKind.CHECK_IN, begun + days(day - 1), _TALKS[number], by=told.manager)
        told.judge(number, MilestoneResult.MET, begun + days(day))
    end = begun + days(84)
    told.plan.outcome, told.plan.closed_at = ImprovementOutcome.SUCCESSFUL, at(end, told.luck)
    summary = (
        "Everything we agreed on is reached. Thank you for the work, and for saying so early when something slipped."
    )
    told.step("close_improvement_plan", ImprovementState.CLOSED, end, by=told.manager, reason=summary)
    told.write()


_TALKS = (
    "Three weeks without a surprise. The hour with the mentor stays.",
    "The steps were read by the team and two of them changed. That is what they are for.",
    "Both partners say that they can plan with the dates now.",
)
