"""The cascade of goals: the company's, the units', the teams' and each person's, with check-ins until yesterday."""

import datetime
from collections import defaultdict
from decimal import Decimal
from random import Random
from typing import Any

from hrportal.common.paths import encode, ids_of
from hrportal.home.demo import phrases
from hrportal.home.demo.days import at, between, days
from hrportal.home.demo.earlier_goals import EarlierGoals
from hrportal.home.demo.subjects import COMPANY_OBJECTIVES, SUBJECTS, Result
from hrportal.home.demo.wording import Writer
from hrportal.home.demo.world import World
from hrportal.people.enums import UnitKind
from hrportal.people.models import Employee, OrgUnit
from performance.enums import (
    REACHED_OR_NOT,
    Confidence,
    Frequency,
    GoalKind,
    GoalLevel,
    GoalState,
    Measure,
    ProgressFrom,
)
from performance.goals.measurements import next_measurement
from performance.goals.progress import Part, rolled_up
from performance.models import (
    CheckIn,
    GoalAssignment,
    GoalPeriod,
    GoalTemplate,
    KeyResult,
    Objective,
    TemplateResult,
)

MOST_ASSIGNED = 200
LEVELS = {UnitKind.BUSINESS_UNIT: GoalLevel.UNIT, UnitKind.DEPARTMENT: GoalLevel.UNIT, UnitKind.TEAM: GoalLevel.TEAM}


class Goals:
    """Remembers for each unit its objectives, which those below align to."""

    def __init__(self, world: World) -> None:
        self.world, self.rows = world, world.rows
        today = world.calendar.today
        self.starts_on = world.calendar.round(0).ends_on - days(300)
        self.due_on = today + days(40 - today.day % 7)
        self.of_unit: dict[int, list[int]] = {}
        self.titles: dict[int, frozenset[str]] = {}
        self.heads: dict[int, int] = {}
        self.paths: dict[int, str] = {}
        self.period = self._period(self.starts_on, self.due_on)
        before = self.starts_on - days(1)
        self.last_period = self._period(before - days(330), before, closed_on=before + days(12))

    def tell(self) -> None:
        """All goals, from the top down."""
        self.heads = self._heads()
        units = OrgUnit.objects.order_by("path").values_list("pk", "path", "kind", "parent_id")
        for pk, _path, kind, parent in units.iterator():
            self._unit_goals(pk, kind, parent)
        self._individual_goals()
        self._goal_for_many()
        EarlierGoals(self.world).tell()
        self.rows.flush()
        _sum_up()

    def _period(
        self, starts_on: datetime.date, ends_on: datetime.date, *, closed_on: datetime.date | None = None
    ) -> GoalPeriod:
        closed_at = at(closed_on, self.world.luck("period", starts_on)) if closed_on else None
        name = f"Goals {starts_on:%Y}" if closed_on else f"Goals {ends_on:%Y}"
        return self.rows.add(GoalPeriod(name=name, starts_on=starts_on, ends_on=ends_on, closed_at=closed_at))

    def _heads(self) -> dict[int, int]:
        """Unit id to who heads it: of its people, the one whose manager sits elsewhere."""
        people = Employee.objects.employed().exclude(org_unit=None)
        placed = people.order_by("path").values_list("org_unit_id", "pk")
        heads: dict[int, int] = {}
        for unit, person in placed.iterator():
            heads.setdefault(unit, person)
        return heads

    def _unit_goals(self, unit: int, kind: str, parent: int | None) -> None:
        luck = self.world.luck("goals of unit", unit)
        if parent is None:
            self.of_unit[unit] = [self._company_goal(unit, *objective) for objective in COMPANY_OBJECTIVES]
            self.titles[unit] = frozenset()
            return
        level, family = LEVELS[UnitKind(kind)], self._family_in(unit)
        # What stands above in the same words is not said again.
        free = sorted(set(SUBJECTS[family].objectives) - self.titles[parent]) or list(SUBJECTS[family].objectives)
        titles = luck.sample(free, min(1 if level == GoalLevel.TEAM else 2, len(free)))
        self.titles[unit] = self.titles[parent] | set(titles)
        above = self.of_unit[parent]
        self.of_unit[unit] = [
            self._objective(title, level, unit=unit, parent=luck.choice(above), family=family, luck=luck)
            for title in titles
        ]

    def _family_in(self, unit: int) -> str:
        jobs = Employee.objects.filter(org_unit=unit).order_by("pk").values_list("job_id", flat=True)
        return self.world.families[jobs[0]] if jobs else "people"

    def _company_goal(self, unit: int, title: str, *results: Result) -> int:
        luck = self.world.luck("company goal", title)
        goal = self._new(title, GoalLevel.COMPANY, unit=unit, owner=self.heads[unit], created=self.starts_on)
        for result in results:
            self._key_result(goal, result, luck, Writer(luck, "", "finance"), ability=0.2)
        return goal.pk

    def _objective(
        self,
        title: str,
        level: GoalLevel,
        *,
        unit: int | None,
        parent: int | None,
        family: str,
        luck: Random,
        owner: int = 0,
    ) -> int:
        owner = owner or self.heads.get(unit or 0, 0)
        created = self.starts_on + days(luck.randint(0, 25))
        goal = self._new(title, level, unit=unit, owner=owner or None, parent=parent, created=created)
        writer = Writer(luck, "", family)
        results = SUBJECTS[family].results
        for result in luck.sample(results, luck.choice((1, 2, 2, 3))):
            self._key_result(goal, result, luck, writer, self.world.ability(owner) if owner else 0)
        return goal.pk

    def _individual_goals(self) -> None:
        """Two or three for everyone whose story is told, one of them often about learning."""
        people = Employee.objects.employed().filter(
            hired_on__lte=self.world.calendar.today - days(40), job__level__lt=9
        )
        columns = people.order_by("pk").values_list("pk", "org_unit_id", "org_unit__path", "job_id")
        for person, unit, path, job in columns.iterator(chunk_size=2000):
            if self.world.is_told(person):
                self._goals_of(person, unit, path, self.world.families[job])

    def _goals_of(self, person: int, unit: int, path: str, family: str) -> None:
        luck = self.world.luck("goals", person)
        above = self.of_unit.get(unit) or self.of_unit[ids_of(path)[0]]
        writer = Writer(luck, "", family)
        for place in range(luck.choice((1, 2, 2))):
            title = _TITLES[(luck.randrange(len(_TITLES)) + place) % len(_TITLES)].format(**writer.slots)
            self._objective(title, GoalLevel.INDIVIDUAL, unit=None, parent=luck.choice(above), family=family, luck=luck, owner=person)  # fmt: skip
            writer = Writer(luck, "", family)
        if luck.random() < 0.5:
            self._learning_goal(person, luck, writer)
        if person in self.world.in_focus:
            self._carried_goal(person, family, luck, luck.choice(above))

    def _learning_goal(self, person: int, luck: Random, writer: Writer) -> None:
        competency = luck.choice(tuple(self.world.ground.competencies.values()))
        title = f"Grow in: {competency.name.lower()}"
        goal = self._new(title, GoalLevel.INDIVIDUAL, owner=person, created=self.starts_on, kind=GoalKind.DEVELOPMENT)
        result = luck.choice(_LEARNING)
        self._key_result(goal, result, luck, writer, self.world.ability(person))

    def _carried_goal(self, person: int, family: str, luck: Random, parent: int) -> None:
        """Something of last year that was not finished and went on."""
        title, result = "Write down how we work, so that others can take over", SUBJECTS[family].results[0]
        last = self._new(title, GoalLevel.INDIVIDUAL, owner=person, parent=parent, created=self.last_period.starts_on)
        last.period, last.state = self.last_period, GoalState.CLOSED
        last.starts_on, last.due_on = self.last_period.starts_on, self.last_period.ends_on
        start, end = Decimal(str(result.baseline)), Decimal(str(result.target))
        half = _figure(float(start + (end - start) / 2))
        measured = KeyResult(
            objective=last, title=result.title, measure=result.measure, unit=result.unit, baseline=start, target=end
        )
        if half in (start, end) or result.measure in REACHED_OR_NOT:
            half = start
        measured.current, measured.measured_on = half, last.due_on - days(9)
        measured.last_check_in_at = at(measured.measured_on, luck)
        self.rows.add(measured)
        made_by = {"made_by_id": person, "made_at": measured.last_check_in_at, "measured_on": measured.measured_on}
        self.rows.add(CheckIn(key_result=measured, value=half, confidence=Confidence.AT_RISK, note="", **made_by))
        goal = self._new(title, GoalLevel.INDIVIDUAL, owner=person, parent=parent, created=self.starts_on)
        goal.carried_from = last
        row = KeyResult(
            pk=self.rows.next_id(KeyResult),
            objective=goal,
            title=result.title,
            measure=result.measure,
            unit=result.unit,
            baseline=half,
            target=end,
        )
        self._check_ins(row, luck, Writer(luck, "", family), reach=0.6)
        self.rows.add(row)

    def _goal_for_many(self) -> None:
        """One goal written once and set for the manager's unit."""
        manager, leader = self.world.cast["manager"], self.world.cast["hrleader"]
        luck = self.world.luck("goal for many")
        template = self.rows.add(GoalTemplate(title="Know what to do when data is lost or stolen"))
        result = {"title": "Security course finished", "measure": Measure.MILESTONE}
        self.rows.add(TemplateResult(template=template, **result))
        created, parent = self.world.calendar.today - days(40), self.of_unit[manager.org_unit_id or 0][0]
        content = {
            "title": template.title,
            "description": "",
            "kind": GoalKind.BUSINESS,
            "weight": 1,
            "competency_id": None,
            "key_results": [
                {**result, "unit": "", "baseline": "0", "target": "1", "stretch": None, "weight": 1, "frequency": ""}
            ],
        }
        assignment = self.rows.add(
            GoalAssignment(
                template=template,
                content=content,
                org_unit_id=manager.org_unit_id,
                period=self.period,
                parent_id=parent,
                starts_on=created,
                due_on=self.due_on,
                assigned_by_id=leader.pk,
                created_at=at(created, luck),
            )
        )
        people = Employee.objects.employed().filter(org_unit=manager.org_unit_id).order_by("pk")
        for person in people.values_list("pk", flat=True)[:MOST_ASSIGNED]:
            goal = self._new(template.title, GoalLevel.INDIVIDUAL, owner=person, parent=parent, created=created)
            goal.assignment, goal.starts_on = assignment, created
            self.rows.add(KeyResult(objective=goal, target=Decimal(1), **result))

    def _new(
        self, title: str, level: GoalLevel, *, created: datetime.date, unit: int | None = None, **fields: Any
    ) -> Objective:
        owner, parent = fields.pop("owner", None), fields.pop("parent", None)
        luck = self.world.luck("goal", title, owner)
        pk = self.rows.next_id(Objective)
        path = self.paths.get(parent or 0, "") + encode(pk)
        if level != GoalLevel.INDIVIDUAL:
            self.paths[pk] = path
        return self.rows.add(
            Objective(
                pk=pk,
                path=path,
                period_id=self.period.pk,
                progress_from=ProgressFrom.RESULTS if level == GoalLevel.INDIVIDUAL else ProgressFrom.BOTH,
                title=title[:200],
                level=level,
                state=GoalState.ACTIVE,
                org_unit_id=unit,
                owner_id=owner,
                parent_id=parent,
                starts_on=self.starts_on,
                due_on=self.due_on,
                created_at=at(created, luck),
                **fields,
            )
        )

    def _key_result(self, goal: Objective, result: Result, luck: Random, writer: Writer, ability: float) -> None:
        stretch = 1 if result.measure in (Measure.YES_NO, Measure.MILESTONE) else luck.choice((0.9, 1, 1, 1.1))
        start, end = result.baseline, result.baseline + (result.target - result.baseline) * stretch
        row = KeyResult(
            pk=self.rows.next_id(KeyResult),
            objective=goal,
            title=result.title,
            measure=result.measure,
            unit=result.unit,
            baseline=_figure(start),
            target=_figure(end),
            weight=luck.choice((1, 1, 2)),
            due_on=goal.due_on,
        )
        if row.measure not in REACHED_OR_NOT and luck.random() < 0.25:
            row.stretch = row.target + (row.target - row.baseline) / 5
        if goal.level != GoalLevel.INDIVIDUAL and row.measure not in REACHED_OR_NOT:
            row.frequency = Frequency.MONTHLY
        self._check_ins(row, luck, writer, reach=0.75 + 0.25 * ability + luck.gauss(0, 0.2))
        self.rows.add(row)

    def _check_ins(self, row: KeyResult, luck: Random, writer: Writer, *, reach: float) -> None:
        """A few measurements on the way; some stopped measuring long ago, some never began."""
        today = self.world.calendar.today
        count = luck.choice((0, 2, 3, 3, 4, 5))
        last = self.world.calendar.yesterday - days(luck.choice((0, 2, 5, 9, 14, 21, 48)))
        for number in range(1, count + 1):
            share = number / count
            day = self.starts_on + (last - self.starts_on) * share
            done = (day - self.starts_on) / (today - self.starts_on)
            value = _measured(row, reach * done + luck.gauss(0, 0.04), is_last=number == count)
            self._check_in(row, value, reach, min(between(day, day + days(3), luck), last), luck, writer)

    def _check_in(
        self, row: KeyResult, value: Decimal, reach: float, day: datetime.date, luck: Random, writer: Writer
    ) -> None:
        confidence = (
            Confidence.ON_TRACK if reach > 0.7 else Confidence.AT_RISK if reach > 0.45 else Confidence.OFF_TRACK
        )
        note = writer.line(phrases.CHECK_IN_NOTES[confidence]) if luck.random() < 0.7 else ""
        made = CheckIn(key_result=row, value=value, confidence=confidence, note=note, made_at=at(day, luck))
        made.made_by_id, made.measured_on = row.objective.owner_id, day
        row.current, row.last_check_in_at, row.measured_on = value, made.made_at, day
        row.next_due_on = next_measurement(row.frequency, day)
        self.rows.add(made)


_TITLES = (
    "Bring {work} to a good end",
    "Make {partner} content with {work}",
    "Take over responsibility for {work}",
    "Fewer surprises with {work}",
    "Hand {work} over in a state I am proud of",
)
_LEARNING = (
    Result("Course finished and applied to a case of our own", Measure.MILESTONE, "", 0, 1),
    Result("Talks given inside the company", Measure.NUMBER, "talks", 0, 3),
    Result("Hours with a mentor", Measure.NUMBER, "hours", 0, 10),
)


def _sum_up() -> None:
    """What every goal comes to, the deepest first; one goal is told in words for few people, so there are not many."""
    goals = list(Objective.objects.order_by("path").prefetch_related("key_results"))
    parts: dict[int, list[Part]] = defaultdict(list)
    for goal in reversed(goals):
        own = [Part(result.raw_progress, result.weight) for result in goal.key_results.all()]
        below = parts[goal.pk] if goal.progress_from == ProgressFrom.BOTH else []
        rolled = rolled_up([*own, *below])
        goal.progress, goal.raw_progress = rolled.progress, rolled.raw
        goal.parts_measured, goal.parts_count = rolled.measured, rolled.parts
        if goal.parent_id:
            parts[goal.parent_id].append(Part(rolled.raw, goal.weight, rolled.progress))
    stored = ["progress", "raw_progress", "parts_measured", "parts_count"]
    Objective.objects.bulk_update(goals, stored, batch_size=500)


def _figure(value: float) -> Decimal:
    """A figure as people would write it: three digits that count."""
    if abs(value) < 10:
        return Decimal(str(round(value, 1)))
    return Decimal(round(value, 3 - len(str(int(abs(value)))) if abs(value) >= 1000 else None))


def _measured(row: KeyResult, share: float, *, is_last: bool) -> Decimal:
    """What is measured after a share of the way; what is counted stays whole."""
    if row.measure in (Measure.YES_NO, Measure.MILESTONE):
        return row.target if is_last and share > 0.7 else row.baseline
    start, end = float(row.baseline), float(row.target)
    value = start + (end - start) * max(0, min(1.15, share))
    is_counted = start.is_integer() and end.is_integer()
    return _figure(max(0, round(value) if is_counted else value))
