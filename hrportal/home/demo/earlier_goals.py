"""What people had set themselves for the years already reviewed: a goal each, closed, with how far they came."""

import datetime
from decimal import Decimal

from hrportal.common.paths import encode
from hrportal.home.demo.days import Round, at, days
from hrportal.home.demo.subjects import SUBJECTS
from hrportal.home.demo.world import World
from hrportal.people.models import Employee
from performance.enums import REACHED_OR_NOT, Confidence, GoalLevel, GoalState, ProgressFrom
from performance.models import CheckIn, KeyResult, Objective

YEARS = (1, 2)
TITLES = ("Keep the promises of {year}", "The part of {year} that is mine", "What I want {year} to be remembered for")


class EarlierGoals:
    """Without them nobody could say of last year's ratings what else was known of the same people."""

    def __init__(self, world: World) -> None:
        self.world, self.rows = world, world.rows

    def tell(self) -> None:
        """A goal for each person and year they worked here."""
        people = Employee.objects.employed().exclude(job=None).order_by("pk")
        for person, hired_on, job in people.values_list("pk", "hired_on", "job_id").iterator(chunk_size=2000):
            for year in map(self.world.calendar.round, YEARS):
                if hired_on and hired_on <= year.starts_on + days(120) and self.world.is_told(person):
                    self._goal(person, year, self.world.families[job])

    def _goal(self, person: int, year: Round, family: str) -> None:
        luck = self.world.luck("earlier goal", person, year.age)
        countable = [result for result in SUBJECTS[family].results if result.measure not in REACHED_OR_NOT]
        result, pk = luck.choice(countable), self.rows.next_id(Objective)
        goal = Objective(
            pk=pk,
            path=encode(pk),
            title=luck.choice(TITLES).format(year=year.starts_on.year),
            level=GoalLevel.INDIVIDUAL,
            state=GoalState.CLOSED,
            progress_from=ProgressFrom.RESULTS,
            owner_id=person,
            starts_on=year.starts_on + days(luck.randint(10, 40)),
            due_on=year.ends_on,
            created_at=at(year.starts_on + days(9), luck),
        )
        start, end = Decimal(str(result.baseline)), Decimal(str(result.target))
        share = Decimal(str(round(max(0, min(1.1, 0.75 + 0.25 * self.world.ability(person) + luck.gauss(0, 0.15))), 3)))
        measured = KeyResult(
            objective=goal, title=result.title, measure=result.measure, unit=result.unit, baseline=start, target=end
        )
        self.rows.add(goal)
        self._measure(measured, start + (end - start) * share, share, person, year.ends_on - days(9))

    def _measure(self, measured: KeyResult, value: Decimal, share: Decimal, person: int, day: datetime.date) -> None:
        measured.current, measured.measured_on = value, day
        measured.last_check_in_at = at(day, self.world.luck("measured", person, day))
        confidence = Confidence.ON_TRACK if share > Decimal("0.7") else Confidence.AT_RISK
        self.rows.add(measured)
        self.rows.add(
            CheckIn(
                key_result=measured,
                value=value,
                confidence=confidence,
                made_by_id=person,
                made_at=measured.last_check_in_at,
                measured_on=day,
            )
        )
