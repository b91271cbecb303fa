"""What the hand-over brought from finished reviews to talent: ratings into profiles, needs into development plans."""

import datetime

from calibration.signals import source_of
from hrportal.home.demo import phrases
from hrportal.home.demo.days import at, days
from hrportal.home.demo.reviews import CycleTeller, Told
from hrportal.home.demo.wording import Writer
from hrportal.home.demo.world import World
from performance.models import DevelopmentNeed
from talent.enums import ItemState
from talent.models import CalibratedRating, DevelopmentPlan, PlanAction, PlanItem, TalentProfile


class Handover:
    """Keeps, of everyone, the ids of profile and open plan; a plan gains items with each cycle."""

    def __init__(self, world: World) -> None:
        self.world, self.rows = world, world.rows
        self.profiles: dict[int, int] = {}
        self.plans: dict[int, int] = {}

    def carry(self, teller: CycleTeller, told: Told) -> None:
        """Bring one finished review over; all others stay where they are."""
        if not told.review.is_finished:
            return
        self._rate(teller, told)
        self._plan(teller, told)

    def _rate(self, teller: CycleTeller, told: Told) -> None:
        review, level = told.review, teller.form.levels[told.calibrated]
        if review.employee_id not in self.profiles:
            profile = self.rows.add(TalentProfile(employee_id=review.employee_id, created_at=teller.finished_at))
            self.profiles[review.employee_id] = profile.pk
        self.rows.add(
            CalibratedRating(
                profile_id=self.profiles[review.employee_id],
                source=source_of(review.pk),
                source_version=review.revision,
                period=teller.cycle.name,
                period_ends_on=teller.cycle.ends_on,
                value=level.value,
                label=level.label,
                lowest=min(teller.form.levels),
                highest=max(teller.form.levels),
                rated_at=teller.finished_at,
                recorded_at=teller.finished_at,
            )
        )

    def _plan(self, teller: CycleTeller, told: Told) -> None:
        review = told.review
        if review.employee_id not in self.plans:
            plan = self.rows.add(DevelopmentPlan(employee_id=review.employee_id, opened_at=teller.finished_at))
            self.plans[review.employee_id] = plan.pk
        source = source_of(review.pk)
        seeds: list[tuple[str, DevelopmentNeed | None]] = [(f"{source}:need:{need.pk}", need) for need in told.needs]
        for reference, need in seeds or [(f"{source}:focus", None)]:
            self._item(teller, told, reference, need)

    def _item(self, teller: CycleTeller, told: Told, source: str, need: DevelopmentNeed | None) -> None:
        review, luck, round_ = told.review, told.luck, teller.round
        due_on = round_.share_on + days(luck.randint(150, 420))
        item = PlanItem(
            pk=self.rows.next_id(PlanItem),
            plan_id=self.plans[review.employee_id],
            title=need.description if need else "Agree a development focus",
            why=f"From the review of {round_.name}",
            competency=need.competency if need else None,
            target_level=min(5, told.calibrated + 1) if need else None,
            owner_id=review.employee_id,
            due_on=due_on,
            source=source,
            shared_at=review.shared_at,
            created_at=teller.finished_at,
        )
        is_done = luck.random() < (0.35 if round_.age == 1 else 0.96)
        if is_done:
            item.state = ItemState.DONE if luck.random() < 0.85 else ItemState.DROPPED
            item.closed_at = self._closing(due_on, luck.randint(-60, 20), told)
        if need and self.world.is_told(review.employee_id):
            self._actions(item, told, due_on, is_done=item.state == ItemState.DONE)
        self.rows.add(item)

    def _actions(self, item: PlanItem, told: Told, due_on: datetime.date, *, is_done: bool) -> None:
        writer = Writer(told.luck, told.member.first_name, told.family)
        topic = item.competency.name.lower() if item.competency else ""
        for kind in told.luck.sample(tuple(phrases.PLAN_ACTIONS), told.luck.choice((1, 2, 2, 3))):
            title = told.luck.choice(phrases.PLAN_ACTIONS[kind]).format(topic=topic, **writer.slots)
            action = PlanAction(item=item, kind=kind, title=title, owner_id=item.owner_id, due_on=due_on)
            if is_done or told.luck.random() < 0.3:
                action.done_at = self._closing(due_on, -told.luck.randint(30, 140), told)
            self.rows.add(action)

    def _closing(self, due_on: datetime.date, shift: int, told: Told) -> datetime.datetime:
        return at(min(due_on + days(shift), self.world.calendar.yesterday), told.luck)
