"""The journal of the company's past: each row that means something has its fact, in the order of time, chained and delivered."""

import datetime
import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from django.db.models import Model, QuerySet

from calibration.enums import SuggestionAnswer
from calibration.models import (
    CalibrationSession,
    Card,
    CardMove,
    Decision,
    DecisionRemark,
    PreReadAnswer,
    ReadinessAudit,
    Recusal,
    Suggestion,
)
from hrportal.home.demo.days import at, days
from hrportal.home.demo.rows import Rows
from hrportal.home.demo.wording import luck_of
from hrportal.journal.chain import hash_of
from hrportal.journal.enums import DeliveryState
from hrportal.journal.models import ChainHead, Delivery, Fact
from hrportal.journal.subscribers import subscribers_of
from hrportal.people.models import Employee, RoleGrant
from performance.enums import MeetingState, Side
from performance.models import (
    CheckIn,
    Feedback,
    FeedbackRequest,
    GoalProposal,
    ImprovementEntry,
    ImprovementPlan,
    ImprovementStep,
    KeyResult,
    Meeting,
    Objective,
    OneToOne,
    Review,
    ReviewCycle,
    ReviewPart,
)
from talent.enums import StayInterviewState
from talent.models import (
    CalibratedRating,
    CareerStep,
    Certificate,
    DevelopmentPlan,
    Enrolment,
    Exit,
    ExternalSuccessor,
    FlightRisk,
    HeadcountForecast,
    Interest,
    Mentoring,
    NinetyDayPlan,
    Opening,
    Opportunity,
    PlanCheckIn,
    PlanItem,
    PoolMember,
    PotentialAssessment,
    PotentialForm,
    PotentialRound,
    RefreshTask,
    RetentionPlan,
    SkillAssessment,
    SkillAssessor,
    StayInterview,
    SuccessionPlan,
    Successor,
    TalentPool,
    TalentProfile,
    Vacancy,
)

# What a large company's journal leaves out of its invented past: it follows from the rest.
DETAILS = frozenset(
    {
        "people.employee_hired",
        "performance.review_opened",
        "performance.self_assessment_submitted",
        "performance.review_acknowledged",
        "performance.review_calibration_begun",
        "performance.review_calibrated",
        "performance.goal_proposed",
        "talent.rating_recorded",
        "talent.development_plan_opened",
        "talent.potential_assessment_opened",
    }
)
OPENED = {"topic": "topic", "unit": "org_unit_id"}
Told = tuple[datetime.datetime, str, Fact]


@dataclass(frozen=True)
class Source:
    """Where facts of one topic come from: rows, and which of their columns hold what. Column names are lookups."""

    topic: str
    rows: QuerySet[Any]
    when: str
    subject: type[Model]
    id: str = "pk"
    person: str = ""
    version: str = ""
    actor: str = ""
    data: dict[str, str] = field(default_factory=dict)

    def facts(self) -> Iterator[Told]:
        """Its facts, oldest first."""
        wanted = (self.when, self.id, self.person, self.version, self.actor, *self.data.values())
        columns = list(dict.fromkeys(name for name in wanted if name))
        places = [columns.index(name) if name else None for name in wanted]
        named = self.rows.filter(**{f"{self.when}__isnull": False}).order_by(self.when, "pk")
        for row in named.values_list(*columns).iterator(chunk_size=2000):
            values: list[Any] = [None if place is None else row[place] for place in places]
            moment, pk, *others = values
            if not isinstance(moment, datetime.datetime):
                moment = at(moment, luck_of(self.topic, pk))
            yield moment, self.topic, self._fact(moment, pk, *others)

    def _fact(
        self,
        moment: datetime.datetime,
        pk: int,
        person: int | None,
        version: int | None,
        actor: int | None,
        *data: object,
    ) -> Fact:
        return Fact(
            topic=self.topic,
            subject_type=self.subject._meta.label_lower,
            subject_id=pk,
            person_id=person,
            version=version or 1,
            actor_id=actor,
            data=dict(zip(self.data, data, strict=True)),
            recorded_at=moment,
        )


def record_history(rows: Rows, *, only_main: bool) -> None:
    """Write the facts of everything told (or of the main events), sealed as the sequencer would, their deliveries done."""
    ChainHead.objects.get_or_create(pk=1)
    head = ChainHead.objects.select_for_update().get(pk=1)
    for moment, topic, fact in _in_order(only_main):
        fact.pk = rows.next_id(Fact)
        head.position += 1
        fact.position, fact.hash = head.position, hash_of(fact, head.position, head.hash)
        head.hash = fact.hash
        rows.add(fact)
        for name in subscribers_of(topic):
            done = {"state": DeliveryState.DONE, "done_at": moment + days(1 / 86400), "next_try_at": moment}
            rows.add(Delivery(fact=fact, subscriber=name, **done))
    head.save(update_fields=["position", "hash"])


def _in_order(only_main: bool) -> Iterator[Told]:
    sources = (source.facts() for source in _sources() if not (only_main and source.topic in DETAILS))
    return heapq.merge(*sources, key=itemgetter(0, 1))


def _sources() -> list[Source]:
    return [
        *_of_people(),
        *_of_reviews(),
        *_of_calibration(),
        *_around_tables(),
        *_of_goals_and_feedback(),
        *_of_talks(),
        *_of_improvement(),
        *_of_talent(),
        *_of_skills(),
        *_of_development(),
        *_of_potential(),
        *_of_retention(),
        *_of_mobility(),
        *_of_vacancies(),
        *_of_the_strategy(),
    ]


def _of_people() -> list[Source]:
    hired = Employee.objects.filter(left_on=None, user__isnull=False).exclude(hired_on=None)
    grant = {"account": "user_id", "role": "role", "unit": "org_unit_id"}
    return [
        Source("people.employee_hired", hired, "hired_on", Employee, person="pk"),
        Source("people.employment_ended", Employee.objects.all(), "left_on", Employee, person="pk"),
        Source(
            "people.role_granted",
            RoleGrant.objects.all(),
            "granted_at",
            RoleGrant,
            person="user__employee_id",
            actor="granted_by_id",
            data=grant,
        ),
    ]


def _of_reviews() -> list[Source]:
    handed_in = ReviewPart.objects.filter(side=Side.SELF)
    cycles = ReviewCycle.objects.all()
    return [
        Source("performance.cycle_launched", cycles, "launched_at", ReviewCycle, data={"job": "launch_job_id"}),
        _about_review("review_opened", "created_at"),
        _about_review("self_assessment_submitted", "submitted_at", handed_in, "review", "review__employee__user"),
        _about_review("review_submitted", "submitted_at", actor="reviewer__user"),
        _about_review("review_completed", "completed_at", is_calibrated="final_is_calibrated"),
        _about_review("review_shared", "shared_at"),
        _about_review("review_acknowledged", "acknowledged_at", actor="employee__user"),
    ]


def _about_review(
    noun_verbed: str, when: str, rows: QuerySet[Any] | None = None, path: str = "", actor: str = "", **data: str
) -> Source:
    """A fact about a review, told by its own row or by rows that `path` leads from."""
    prefix = f"{path}__" if path else ""
    return Source(
        f"performance.{noun_verbed}",
        Review.objects.all() if rows is None else rows,
        when,
        Review,
        id=f"{path}_id" if path else "pk",
        person=f"{prefix}employee_id",
        version=f"{prefix}revision",
        actor=actor,
        data={"cycle": f"{prefix}cycle_id", **data},
    )


def _of_improvement() -> list[Source]:
    steps = {
        "create_improvement_plan": "created",
        "submit_improvement_plan": "submitted",
        "approve_improvement_plan": "approved",
        "acknowledge_improvement_plan": "acknowledged",
        "close_improvement_plan": "closed",
    }
    entries, at_all = ImprovementEntry.objects.all(), ImprovementStep.objects.all()
    about: dict[str, Any] = {"id": "plan_id", "person": "plan__employee_id", "actor": "made_by__user"}
    return [
        *(
            Source(
                f"performance.improvement_plan_{verbed}", at_all.filter(name=step), "made_at", ImprovementPlan, **about
            )
            for step, verbed in steps.items()
        ),
        Source(
            "performance.improvement_entry_added", entries, "made_at", ImprovementPlan, **about, data={"entry": "pk"}
        ),
    ]


def _of_calibration() -> list[Source]:
    by, cards, decisions = "session__facilitator__user", Card.objects.all(), Decision.objects.all()
    return [
        _about_session("session_created", "created_at"),
        _about_session("session_opened", "opened_at"),
        _about_session("session_locked", "locked_at"),
        _about_review("review_calibration_begun", "session__opened_at", cards, "review", by),
        _about_review("review_calibrated", "decided_at", decisions, "review", by),
        Source(
            "calibration.review_decided",
            decisions,
            "decided_at",
            Decision,
            person="review__employee_id",
            version="review_revision",
            actor=by,
            data={"review": "review_id", "session": "session_id"},
        ),
        Source(
            "calibration.readiness_audit_computed",
            ReadinessAudit.objects.all(),
            "computed_at",
            ReadinessAudit,
            actor="user",
            data={"cycle": "cycle_id", "org_unit": "org_unit_id"},
        ),
        Source(
            "calibration.card_moved",
            CardMove.objects.all(),
            "moved_at",
            Card,
            id="card_id",
            person="card__review__employee_id",
            version="card__version",
            actor="moved_by__user",
            data={"session": "card__session_id", "review": "card__review_id", "move": "pk"},
        ),
    ]


def _about_session(noun_verbed: str, when: str) -> Source:
    sessions, by = CalibrationSession.objects.all(), "facilitator__user"
    return Source(
        f"calibration.{noun_verbed}", sessions, when, CalibrationSession, actor=by, data={"cycle": "cycle_id"}
    )


def _around_tables() -> list[Source]:
    asked = CalibrationSession.objects.all()
    noted = Card.objects.filter(agenda_place__isnull=False)
    remarks, by = DecisionRemark.objects.all(), "facilitator__user"
    on_remark: dict[str, Any] = {
        "id": "decision_id",
        "person": "decision__review__employee_id",
        "version": "decision__review__revision",
        "data": {"review": "decision__review_id", "remark": "pk"},
    }
    return [
        Source(
            "calibration.pre_read_opened",
            asked,
            "pre_read_opened_at",
            CalibrationSession,
            version="revision",
            actor=by,
            data={"cycle": "cycle_id"},
        ),
        Source(
            "calibration.pre_read_answered",
            PreReadAnswer.objects.all(),
            "answered_at",
            PreReadAnswer,
            person="card__review__employee_id",
            actor="employee__user",
            data={"session": "card__session_id", "review": "card__review_id", "card": "card_id"},
        ),
        Source(
            "calibration.card_put_on_agenda",
            noted,
            "session__opened_at",
            Card,
            person="review__employee_id",
            version="version",
            actor=f"session__{by}",
            data={"session": "session_id", "review": "review_id"},
        ),
        Source(
            "calibration.recusal_declared",
            Recusal.objects.all(),
            "declared_at",
            Recusal,
            person="about_id",
            actor="declared_by__user",
            data={"session": "session_id", "employee": "employee_id"},
        ),
        *(_about_suggestion(answer) for answer in SuggestionAnswer),
        Source("calibration.decision_remarked", remarks, "made_at", Decision, actor="made_by__user", **on_remark),
        Source(
            "calibration.decision_request_answered",
            remarks,
            "answered_at",
            Decision,
            actor="answered_by__user",
            **on_remark,
        ),
    ]


def _about_suggestion(answer: str) -> Source:
    return Source(
        f"calibration.suggestion_{answer}",
        Suggestion.objects.filter(answer=answer),
        "answered_at",
        Suggestion,
        person="review__employee_id",
        actor="answered_by__user",
        data={"review": "review_id", "run": "run_id"},
    )


def _of_goals_and_feedback() -> list[Source]:
    return [
        Source(
            "performance.objective_created",
            Objective.objects.all(),
            "created_at",
            Objective,
            person="owner_id",
            actor="owner__user",
        ),
        Source(
            "performance.goal_checked_in",
            CheckIn.objects.all(),
            "made_at",
            KeyResult,
            id="key_result_id",
            person="key_result__objective__owner_id",
            actor="made_by__user",
            data={"objective": "key_result__objective_id", "check_in": "pk"},
        ),
        Source(
            "performance.feedback_given",
            Feedback.objects.all(),
            "given_at",
            Feedback,
            person="recipient_id",
            actor="giver__user",
        ),
    ]


def _of_talks() -> list[Source]:
    of_series = {"one_to_one": "one_to_one_id"}
    held = Meeting.objects.filter(state=MeetingState.HELD)
    return [
        Source(
            "performance.feedback_requested",
            FeedbackRequest.objects.all(),
            "asked_at",
            FeedbackRequest,
            actor="asker__user",
        ),
        Source(
            "performance.one_to_one_started",
            OneToOne.objects.all(),
            "started_at",
            OneToOne,
            person="employee_id",
            actor="manager__user",
        ),
        Source(
            "performance.meeting_held",
            held,
            "settled_at",
            Meeting,
            person="one_to_one__employee_id",
            actor="one_to_one__manager__user",
            data=of_series,
        ),
    ]


def _of_skills() -> list[Source]:
    """What was said by hand, certificates, who may assess, forecasts."""
    by_hand = SkillAssessment.objects.filter(source__startswith="talent.")
    about: dict[str, Any] = {"person": "profile__employee_id"}
    forecast = {"job": "job_id", "org_unit": "org_unit_id"}
    certificates, assessors = Certificate.objects.all(), SkillAssessor.objects.all()
    return [
        Source(
            "talent.skills_recorded",
            by_hand,
            "recorded_at",
            TalentProfile,
            id="profile_id",
            actor="assessed_by__user",
            data={"source": "source"},
            **about,
        ),
        Source(
            "talent.certificate_added", certificates, "recorded_at", Certificate, actor="recorded_by__user", **about
        ),
        Source(
            "talent.certificate_verified", certificates, "verified_at", Certificate, actor="verified_by__user", **about
        ),
        Source(
            "talent.assessor_named", assessors, "named_at", SkillAssessor, person="assessor_id", actor="named_by__user"
        ),
        Source(
            "talent.forecast_added", HeadcountForecast.objects.all(), "created_at", HeadcountForecast, data=forecast
        ),
    ]


def _of_talent() -> list[Source]:
    return [
        Source(
            "talent.rating_recorded",
            CalibratedRating.objects.all(),
            "recorded_at",
            CalibratedRating,
            person="profile__employee_id",
            version="source_version",
            data={"source": "source"},
        ),
        Source(
            "talent.development_plan_opened",
            DevelopmentPlan.objects.all(),
            "opened_at",
            DevelopmentPlan,
            person="employee_id",
        ),
        _about_bench("critical_role_designated", "created_at"),
        _about_bench("succession_plan_endorsed", "reviewed_on"),
        Source(
            "talent.successor_nominated",
            Successor.objects.all(),
            "created_at",
            Successor,
            person="employee_id",
            actor="nominated_by__user",
            data={"plan": "plan_id"},
        ),
        Source(
            "talent.external_named",
            ExternalSuccessor.objects.all(),
            "created_at",
            SuccessionPlan,
            id="plan_id",
            person="plan__position__incumbent",
            actor="named_by__user",
            data={"position": "plan__position_id"},
        ),
        Source(
            "talent.successor_ninety_days_opened",
            NinetyDayPlan.objects.all(),
            "opened_at",
            Successor,
            id="successor_id",
            person="successor__employee_id",
            actor="opened_by__user",
            data={"plan": "successor__plan_id"},
        ),
    ]


def _of_development() -> list[Source]:
    """Enrolments, check-ins and mentoring; the catalogue was there before."""
    entry: dict[str, Any] = {"person": "employee_id", "data": {"learning_item": "learning_item_id"}}
    two: dict[str, Any] = {"person": "mentee_id", "data": {"mentor": "mentor_id"}}
    about_item: dict[str, Any] = {
        "id": "item_id",
        "person": "item__plan__employee_id",
        "data": {"plan": "item__plan_id"},
    }
    enrolments, mentorings = Enrolment.objects.all(), Mentoring.objects.all()
    asked = enrolments.exclude(learning_item__cost=None)
    return [
        Source("talent.plan_item_checked_in", PlanCheckIn.objects.all(), "created_at", PlanItem, **about_item),
        Source("talent.enrolment_requested", asked, "requested_at", Enrolment, **entry),
        Source("talent.enrolment_begun", enrolments, "decided_at", Enrolment, **entry),
        Source("talent.enrolment_completed", enrolments, "completed_on", Enrolment, **entry),
        Source("talent.mentoring_proposed", mentorings, "proposed_at", Mentoring, actor="proposed_by__user", **two),
        Source("talent.mentoring_begun", mentorings, "started_at", Mentoring, **two),
        Source("talent.mentoring_ended", mentorings, "ended_at", Mentoring, **two),
    ]


def _of_potential() -> list[Source]:
    """Rounds, forms and pools, each fact about whom it is about."""
    about: dict[str, Any] = {"person": "assessment__employee_id", "data": {"assessment": "assessment_id"}}
    opened: dict[str, Any] = {"person": "employee_id", "data": {"round": "round_id"}}
    member: dict[str, Any] = {"person": "employee_id", "data": {"pool": "pool_id"}}
    members = PoolMember.objects.all()
    return [
        Source("talent.potential_round_launched", PotentialRound.objects.all(), "launched_at", PotentialRound),
        Source(
            "talent.potential_assessment_opened",
            PotentialAssessment.objects.all(),
            "opened_at",
            PotentialAssessment,
            **opened,
        ),
        Source(
            "talent.potential_form_submitted",
            PotentialForm.objects.all(),
            "submitted_at",
            PotentialForm,
            actor="rater__user",
            **about,
        ),
        Source("talent.pool_created", TalentPool.objects.all(), "created_at", TalentPool),
        Source(
            "talent.pool_member_nominated", members, "nominated_at", PoolMember, actor="nominated_by__user", **member
        ),
        Source("talent.nomination_approved", members, "decided_at", PoolMember, actor="decided_by__user", **member),
        Source("talent.pool_left", members, "ended_at", PoolMember, actor="ended_by__user", **member),
    ]


def _of_mobility() -> list[Source]:
    """Career steps, opportunities, and who said yes to them."""
    posted = Opportunity.objects.all()
    between: dict[str, Any] = {"data": {"from_job": "from_job_id", "to_job": "to_job_id"}}
    owned: dict[str, Any] = {"data": {"owner": "owner_id"}}
    about: dict[str, Any] = {"person": "employee_id", "data": {"opportunity": "opportunity_id"}}
    said, by_state = Interest.objects.all(), {"offered": "offered", "declined": "declined", "accepted": "accepted"}
    filled: dict[str, Any] = {"person": "filled_by_id"}
    ends: list[tuple[str, dict[str, Any]]] = [("closed", {}), ("withdrawn", {}), ("filled", filled)]
    return [
        Source("talent.career_step_added", CareerStep.objects.all(), "created_at", CareerStep, **between),
        Source("talent.opportunity_created", posted, "created_at", Opportunity, actor="owner__user", **owned),
        Source("talent.opportunity_published", posted, "published_at", Opportunity, actor="owner__user", **owned),
        Source("talent.person_invited", said, "invited_at", Interest, actor="invited_by__user", **about),
        Source("talent.interest_said", said, "said_yes_at", Interest, actor="employee__user", **about),
        *(
            Source(f"talent.interest_{topic}", said.filter(state=state), "answered_at", Interest, **about)
            for state, topic in by_state.items()
        ),
        *(
            Source(f"talent.opportunity_{state}", posted.filter(state=state), "ended_at", Opportunity, **owned, **more)
            for state, more in ends
        ),
    ]


def _of_vacancies() -> list[Source]:
    seat = {"position": "position_id", "plan": "plan_id"}
    filled = Vacancy.objects.filled()
    by_leader: dict[str, Any] = {"version": "version", "actor": "decided_by__user", "data": seat}
    return [
        Source(
            "talent.vacancy_opened",
            Vacancy.objects.all(),
            "created_at",
            Vacancy,
            person="former_id",
            version="version",
            actor="opened_by__user",
            data=seat,
        ),
        Source("talent.vacancy_filled", filled, "closed_on", Vacancy, person="filled_by_id", **by_leader),
        Source("talent.vacancy_outcome_noted", filled, "outcome_on", Vacancy, person="filled_by_id", **by_leader),
        Source("talent.refresh_asked", RefreshTask.objects.all(), "opened_at", RefreshTask),
        Source(
            "talent.topic_opened", Opening.objects.all(), "opened_at", Opening, actor="opened_by__user", data=OPENED
        ),
        Source(
            "talent.topic_closed", Opening.objects.all(), "closed_at", Opening, actor="closed_by__user", data=OPENED
        ),
    ]


def _of_retention() -> list[Source]:
    by_owner: dict[str, Any] = {"person": "employee_id", "actor": "opened_by__user"}
    talks, held = StayInterview.objects.all(), StayInterview.objects.filter(state=StayInterviewState.HELD)
    talked: dict[str, Any] = {"person": "employee_id", "version": "revision"}
    risked: dict[str, Any] = {"person": "employee_id", "version": "version", "actor": "assessed_by__user"}
    exits = Exit.objects.all()
    return [
        Source("talent.flight_risk_assessed", FlightRisk.objects.all(), "created_at", FlightRisk, **risked),
        Source("talent.retention_plan_opened", RetentionPlan.objects.all(), "created_at", RetentionPlan, **by_owner),
        Source("talent.stay_interview_planned", talks, "created_at", StayInterview, **talked, actor="planned_by__user"),
        Source("talent.stay_interview_held", held, "finished_on", StayInterview, **talked, actor="interviewer__user"),
        Source("talent.exit_recorded", exits, "created_at", Exit, person="employee_id"),
        Source("talent.exit_reviewed", exits, "reviewed_on", Exit, person="employee_id", actor="reviewed_by__user"),
    ]


def _of_the_strategy() -> list[Source]:
    proposals = GoalProposal.objects.all()
    about: dict[str, Any] = {"person": "employee_id", "version": "source_version"}
    by = {**about, "actor": "decided_by__user"}
    accepted, dismissed = (proposals.filter(state=state) for state in ("accepted", "dismissed"))
    return [
        Source("performance.goal_proposed", proposals, "proposed_at", GoalProposal, **about, data={"source": "source"}),
        Source(
            "performance.goal_proposal_accepted",
            accepted,
            "decided_at",
            GoalProposal,
            **by,
            data={"objective": "objective_id"},
        ),
        Source("performance.goal_proposal_dismissed", dismissed, "decided_at", GoalProposal, **by),
    ]


def _about_bench(noun_verbed: str, when: str) -> Source:
    return Source(
        f"talent.{noun_verbed}",
        SuccessionPlan.objects.all(),
        when,
        SuccessionPlan,
        person="position__incumbent",
        actor="owner__user",
        data={"position": "position_id"},
    )
