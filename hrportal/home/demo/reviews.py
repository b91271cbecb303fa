"""Review cycles told review by review: what people wrote, which ratings were proposed, how far each has come."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from hrportal.home.demo import phrases
from hrportal.home.demo.days import Calendar, Round, at, between, days
from hrportal.home.demo.ground import GUIDELINE, Form, make_form
from hrportal.home.demo.parts import tell_parts
from hrportal.home.demo.rows import Rows
from hrportal.home.demo.wording import on_scale
from hrportal.home.demo.world import World
from hrportal.people.models import Employment
from performance.enums import CycleState, ReviewState
from performance.models import (
    DevelopmentNeed,
    GuidelineShare,
    Review,
    ReviewCycle,
)

# How far the units have come in the cycle under way, dealt out in turn.
SELF, WRITING, READY, OPEN, LOCKED, FINISHED = "self", "writing", "ready", "open", "locked", "finished"
STAGES = (OPEN, WRITING, OPEN, LOCKED, READY, WRITING, SELF)
MIDDLE = 3.2


class Member(NamedTuple):
    """Someone in a cycle's population, placed as on the day it was launched."""

    employee_id: int
    manager_id: int | None
    org_unit_id: int
    job_id: int
    position_id: int | None
    first_name: str
    hired_on: datetime.date
    left_on: datetime.date | None
    level: int


@dataclass
class Told:
    """One review with what the rest of the story needs: the values behind it, its needs, its place at a table."""

    member: Member
    review: Review
    family: str
    stage: str
    table: int | None
    luck: Random
    proposed: int = 3
    calibrated: int = 3
    needs: list[DevelopmentNeed] = field(default_factory=list)
    levels: dict[int, int] = field(default_factory=dict)

    @property
    def is_submitted(self) -> bool:
        return self.review.submitted_at is not None

    @property
    def is_being_written(self) -> bool:
        return self.stage == WRITING

    @property
    def is_withdrawn(self) -> bool:
        return self.review.state == ReviewState.WITHDRAWN


def plan_next_cycle(rows: Rows, calendar: Calendar, form: Form) -> None:
    """A draft that nobody has launched yet: the half-year talk, short and without calibration."""
    starts_on = calendar.round(0).ends_on + days(1)
    ends_on = starts_on + days(181)
    rows.add(
        ReviewCycle(
            name=f"Half-year talk {ends_on.year}",
            starts_on=starts_on,
            ends_on=ends_on,
            template=form.template,
            scale=form.scale,
            is_calibrated=False,
            self_due_on=ends_on + days(10),
            manager_due_on=ends_on + days(20),
        )
    )


class CycleTeller:
    """Tells one cycle."""

    def __init__(self, world: World, round_: Round) -> None:
        self.world, self.round, self.rows = world, round_, world.rows
        self.form: Form = make_form(world.rows, world.ground, is_copy=True)
        self.launched_at = at(round_.launched_on, world.luck("launch", round_.age))
        self.finished_at = at(round_.share_on, world.luck("share", round_.age))
        self.cycle = self._cycle()
        self.stages = self._stages()

    def reviews(self) -> Iterator[Told]:
        """Everyone who worked here on the day of launch and long enough, one after another."""
        here = Employment.objects.on(self.round.launched_on).filter(employee__hired_on__lte=self.cycle.hired_until)
        columns = ("employee_id", "manager_id", "org_unit_id", "job_id", "position_id")
        of_person = ("employee__first_name", "employee__hired_on", "employee__left_on", "job__level")
        members = here.order_by("employee_id").values_list(*columns, *of_person)
        for row in members.iterator(chunk_size=2000):
            yield self._tell(Member(*row))

    def _cycle(self) -> ReviewCycle:
        is_past, dates = self.round.age > 0, self.round
        cycle = self.rows.add(
            ReviewCycle(
                name=dates.name,
                starts_on=dates.starts_on,
                ends_on=dates.ends_on,
                state=CycleState.CLOSED if is_past else CycleState.CALIBRATION,
                template=self.form.template,
                scale=self.form.scale,
                hired_until=dates.ends_on - days(90),
                self_due_on=dates.self_due_on,
                manager_due_on=dates.manager_due_on,
                calibration_due_on=dates.calibration_due_on,
                share_on=dates.share_on,
                launched_at=self.launched_at,
            )
        )
        for value, percent in GUIDELINE.items():
            self.rows.add(GuidelineShare(cycle=cycle, value=value, percent=percent))
        return cycle

    def _stages(self) -> dict[int | None, str]:
        """Table to how far it has come. The manager one signs in as has everything still to write."""
        tables = sorted(set(self.world.tables.values()))
        if self.round.age:
            return dict.fromkeys([None, *tables], FINISHED)
        writing = self.world.tables.get(self.world.cast["manager"].org_unit_id or 0)
        others = [table for table in tables if table != writing]
        stages: dict[int | None, str] = {table: STAGES[number % len(STAGES)] for number, table in enumerate(others)}
        return {**stages, writing: WRITING, None: READY}

    def _tell(self, member: Member) -> Told:
        luck = self.world.luck("review", self.round.age, member.employee_id)
        table = self.world.tables.get(member.org_unit_id)
        review = Review(
            cycle=self.cycle,
            employee_id=member.employee_id,
            reviewer_id=member.manager_id,
            manager_at_launch_id=member.manager_id,
            org_unit_id=member.org_unit_id,
            job_id=member.job_id,
            position_id=member.position_id,
            self_due_on=self.cycle.self_due_on,
            manager_due_on=self.cycle.manager_due_on,
            created_at=self.launched_at,
        )
        review.pk = self.rows.next_id(Review)
        told = Told(member, review, self.world.families[member.job_id], self.stages[table], table, luck)
        self._rate(told)
        self._advance(told)
        tell_parts(self, told)
        self.rows.add(review)
        return told

    def _rate(self, told: Told) -> None:
        """The true level shows through chance and the manager's habit; the table takes most of the habit out again."""
        habit = self.world.leniency(told.member.manager_id) if told.member.manager_id else 0
        shown = MIDDLE + self.world.ability(told.member.employee_id) + told.luck.gauss(0, 0.35)
        told.proposed = on_scale(shown + habit)
        moved = on_scale(shown + 0.35 * habit)
        told.calibrated = max(told.proposed - 1, min(told.proposed + 1, moved))

    def _advance(self, told: Told) -> None:
        """How far this review has come, by the stage of its table."""
        review, luck, dates = told.review, told.luck, self.round
        if self._is_withdrawn(told):
            review.state = ReviewState.WITHDRAWN
            return
        review.state = self._state(told)
        if review.state in (ReviewState.SELF_ASSESSMENT, ReviewState.MANAGER_REVIEW):
            return
        # Most finish in the last days; those of tables that already sit were done earlier.
        last = dates.manager_due_on - days(2 if told.stage in (WRITING, FINISHED) else 6)
        review.submitted_at = at(between(last - days(6), last, luck), luck)
        review.proposed_rating = self.form.levels[told.proposed]
        if told.stage == FINISHED:
            self._finish(review, told)

    def _is_withdrawn(self, told: Told) -> bool:
        """Who left before the end of a cycle; and the chief, whose past reviews nobody here wrote."""
        left = told.member.left_on
        has_left = left is not None and left <= min(self.round.share_on, self.world.calendar.today)
        return has_left or (told.stage == FINISHED and told.member.manager_id is None)

    def _state(self, told: Told) -> ReviewState:
        luck = told.luck.random()
        if told.member.manager_id is None:
            return ReviewState.MANAGER_REVIEW
        if told.stage == SELF:
            return ReviewState.SELF_ASSESSMENT if luck < 0.7 else ReviewState.MANAGER_REVIEW
        if told.stage == WRITING:
            return self._state_while_writing(told, luck)
        return {
            READY: ReviewState.SUBMITTED,
            OPEN: ReviewState.IN_CALIBRATION,
            LOCKED: ReviewState.CALIBRATED,
            FINISHED: ReviewState.SHARED if luck < 0.1 else ReviewState.ACKNOWLEDGED,
        }[told.stage]

    def _state_while_writing(self, told: Told, luck: float) -> ReviewState:
        if luck < 0.08 and told.member.employee_id not in self.world.cast.ids:
            return ReviewState.SELF_ASSESSMENT
        to_write = told.member.manager_id == self.world.cast["manager"].pk
        return ReviewState.SUBMITTED if luck > 0.65 and not to_write else ReviewState.MANAGER_REVIEW

    def _finish(self, review: Review, told: Told) -> None:
        review.final_rating, review.final_is_calibrated = self.form.levels[told.calibrated], True
        review.completed_at = review.shared_at = self.finished_at
        if review.state == ReviewState.ACKNOWLEDGED:
            read_on = self.round.share_on + days(told.luck.randint(1, 21))
            review.acknowledged_at = at(read_on, told.luck)
            if told.luck.random() < 0.15:
                review.acknowledgement_comment = told.luck.choice(phrases.ACKNOWLEDGEMENTS)
