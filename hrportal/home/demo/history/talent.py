"""What happened in talent management."""

from typing import Any

from hrportal.home.demo.history.source import Source
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

OPENED = {"topic": "topic", "unit": "org_unit_id"}


def sources() -> list[Source]:
    return [
        *_of_talent(),
        *_of_skills(),
        *_of_development(),
        *_of_potential(),
        *_of_retention(),
        *_of_mobility(),
        *_of_vacancies(),
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
