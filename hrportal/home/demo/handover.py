"""What the hand-over brought from finished reviews: ratings and skills into profiles, needs and gaps into development
plans, and what the strategy asks for beyond them into proposed goals."""

import datetime
from dataclasses import dataclass

from calibration.bridge.gaps import MONTHS_AHEAD
from calibration.bridge.sources import source_of
from hrportal.home.demo import phrases
from hrportal.home.demo.days import at, days
from hrportal.home.demo.reviews import CycleTeller, Told
from hrportal.home.demo.wording import Writer
from hrportal.home.demo.world import World
from hrportal.people.models import Competency, Employee, RoleProfileEntry
from performance.cycles.calendars import add_months
from performance.enums import ProposalState
from performance.models import GoalProposal, Review
from talent.enums import ClosedBy, ItemOrigin, ItemPurpose, ItemState
from talent.models import CalibratedRating, DevelopmentPlan, PlanAction, PlanItem, SkillAssessment, TalentProfile

# The share of proposals somebody has said no to.
DISMISSED = 0.12


@dataclass(frozen=True)
class Asked:
    """What a review asks of a plan."""

    source: str
    title: str
    why: str
    competency: Competency | None = None
    level: int | None = None


class Handover:
    """Keeps, of everyone, the ids of profile and open plan; a plan gains items with each cycle."""

    def __init__(self, world: World) -> None:
        self.world, self.rows = world, world.rows
        self.profiles: dict[int, int] = {}
        self.plans: dict[int, int] = {}
        self.newest: dict[tuple[int, int], tuple[SkillAssessment, Review, datetime.date]] = {}
        self.asked = {(entry.job_id, entry.competency_id): entry for entry in RoleProfileEntry.objects.all()}
        self.names = {competency.pk: competency for competency in world.ground.competencies.values()}

    def carry(self, teller: CycleTeller, told: Told) -> None:
        """Bring one finished review over; all others stay where they are."""
        if not told.review.is_finished:
            return
        self._rate(teller, told)
        self._plan(teller, told)
        self._assess(teller, told)

    def close(self) -> None:
        """Write what counts now: the newest level of each competency, and the goals the strategy proposes beyond it."""
        jobs = dict(Employee.objects.values_list("pk", "job_id"))
        for (employee_id, competency_id), (skill, review, ended) in self.newest.items():
            self.rows.add(skill)
            entry = self.asked.get((jobs[employee_id], competency_id))
            if entry and entry.level_in_24_months and skill.level < entry.level_in_24_months:
                self._propose(skill, review, ended, entry.level_in_24_months)

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
        source, why = source_of(review.pk), f"From the review of {teller.round.name}"
        asked = [Asked(f"{source}:need:{need.pk}", need.description, why, need.competency) for need in told.needs]
        for wish in asked or self._gaps(told, why) or [Asked(f"{source}:focus", "Agree a development focus", why)]:
            self._item(teller, told, wish)

    def _gaps(self, told: Told, why: str) -> list["Asked"]:
        """What the review rated below what the job asks for, where it names no need."""
        gaps = []
        for competency_id, level in told.levels.items():
            entry = self.asked.get((told.review.job_id or 0, competency_id))
            if entry and entry.level_today and level < entry.level_today:
                competency, words = self.names[competency_id], f"found at level {level}, the job asks for"
                source = f"{source_of(told.review.pk)}:gap:{competency_id}"
                said = f"{why}: {words} {entry.level_today}"
                gaps.append(Asked(source, competency.name, said, competency, entry.level_today))
        return gaps

    def _item(self, teller: CycleTeller, told: Told, asked: "Asked") -> None:
        review, luck, round_ = told.review, told.luck, teller.round
        due_on = round_.share_on + days(luck.randint(150, 420))
        item = PlanItem(
            pk=self.rows.next_id(PlanItem),
            plan_id=self.plans[review.employee_id],
            title=asked.title,
            why=asked.why,
            competency=asked.competency,
            target_level=asked.level or (min(5, told.calibrated + 1) if asked.competency else None),
            owner_id=review.employee_id,
            due_on=due_on,
            source=asked.source,
            origin=ItemOrigin.REVIEW,
            purpose=ItemPurpose.CURRENT if asked.level else "",
            from_level=told.levels.get(asked.competency.pk) if asked.competency and review.shared_at else None,
            shared_at=review.shared_at,
            created_at=teller.finished_at,
        )
        is_done = luck.random() < (0.35 if round_.age == 1 else 0.96)
        if is_done:
            item.state = ItemState.DONE if luck.random() < 0.85 else ItemState.DROPPED
            item.closed_at = self._closing(due_on, luck.randint(-60, 20), told)
            _say_how_it_ended(item)
        if asked.competency and self.world.is_told(review.employee_id):
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

    def _assess(self, teller: CycleTeller, told: Told) -> None:
        """Levels into the inventory. An older one of the same competency ends where this one begins."""
        review = told.review
        for competency_id, level in told.levels.items():
            skill = SkillAssessment(
                profile_id=self.profiles[review.employee_id],
                competency_id=competency_id,
                level=level,
                source=source_of(review.pk),
                source_version=review.revision,
                assessed_on=min(teller.cycle.ends_on, teller.finished_at.date()),
                shared_at=review.shared_at,
                recorded_at=teller.finished_at,
            )
            topic = review.employee_id, competency_id
            if topic in self.newest:
                older, *_rest = self.newest[topic]
                older.valid_to = skill.assessed_on
                self.rows.add(older)
            self.newest[topic] = skill, review, teller.cycle.ends_on

    def _propose(self, skill: SkillAssessment, review: Review, ended: datetime.date, wanted: int) -> None:
        luck = self.world.luck("proposal", review.pk, skill.competency_id)
        proposal = GoalProposal(
            employee_id=review.employee_id,
            competency_id=skill.competency_id,
            level_now=skill.level,
            level_wanted=wanted,
            wanted_by=add_months(ended, MONTHS_AHEAD),
            source=skill.source,
            source_version=skill.source_version,
            period_ends_on=ended,
            shared_at=review.shared_at,
            proposed_at=skill.recorded_at,
        )
        if review.shared_at and luck.random() < DISMISSED:
            proposal.state, proposal.reason = ProposalState.DISMISSED, luck.choice(phrases.DISMISSALS)
            proposal.decided_by_id, proposal.decided_at = (
                review.reviewer_id,
                review.shared_at + days(luck.randint(3, 20)),
            )
        self.rows.add(proposal)


def _say_how_it_ended(item: PlanItem) -> None:
    """What names a level was assessed again; anything else has evidence; what was given up has a reason."""
    if item.state == ItemState.DROPPED:
        item.closing_words = "The work has changed; this is no longer asked for."
    elif item.competency is not None and item.target_level:
        item.closed_by, item.reached_level = ClosedBy.REASSESSMENT, item.target_level
    else:
        item.closed_by, item.closing_words = ClosedBy.EVIDENCE, "Agreed with the manager and seen in the daily work."
