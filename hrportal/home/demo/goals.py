"""The cascade of goals: the company's, the units', the teams' and each person's, with check-ins until yesterday."""

import datetime
from decimal import Decimal
from random import Random
from typing import Any

from hrportal.common.paths import ids_of
from hrportal.home.demo import phrases
from hrportal.home.demo.days import at, between, days
from hrportal.home.demo.subjects import COMPANY_OBJECTIVES, SUBJECTS, Result
from hrportal.home.demo.wording import Writer
from hrportal.home.demo.world import World
from hrportal.people.enums import UnitKind
from hrportal.people.models import Employee, OrgUnit
from performance.enums import Confidence, GoalKind, GoalLevel, GoalState, Measure
from performance.models import CheckIn, KeyResult, Objective

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

    def tell(self) -> None:
        """All goals, from the top down."""
        self.heads = self._heads()
        units = OrgUnit.objects.order_by("path").values_list("pk", "path", "kind", "parent_id")
        for pk, _path, kind, parent in units.iterator():
            self._unit_goals(pk, kind, parent)
        self._individual_goals()

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

    def _learning_goal(self, person: int, luck: Random, writer: Writer) -> None:
        competency = luck.choice(tuple(self.world.ground.competencies.values()))
        title = f"Grow in: {competency.name.lower()}"
        goal = self._new(title, GoalLevel.INDIVIDUAL, owner=person, created=self.starts_on, kind=GoalKind.DEVELOPMENT)
        result = luck.choice(_LEARNING)
        self._key_result(goal, result, luck, writer, self.world.ability(person))

    def _new(
        self, title: str, level: GoalLevel, *, created: datetime.date, unit: int | None = None, **fields: Any
    ) -> Objective:
        owner, parent = fields.pop("owner", None), fields.pop("parent", None)
        luck = self.world.luck("goal", title, owner)
        return self.rows.add(
            Objective(
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
        made.made_by_id = row.objective.owner_id
        row.current, row.last_check_in_at = value, made.made_at
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
