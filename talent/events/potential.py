"""What is announced of potential, pools and aspirations: that something happened to whom, never an answer or a level."""

from collections.abc import Sequence

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, Entry, record, record_many
from talent.models import (
    Aspiration,
    GroupAudit,
    PoolMember,
    PoolStep,
    PotentialAssessment,
    PotentialForm,
    PotentialRound,
    TalentPool,
)


def potential_round_launched(round_: PotentialRound, *, by: Actor | None) -> Fact:
    return record("talent.potential_round_launched", round_, by=by)


def potential_round_closed(round_: PotentialRound, *, by: Actor | None) -> Fact:
    return record("talent.potential_round_closed", round_, by=by)


def potential_assessments_opened(rows: Sequence[PotentialAssessment], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.potential_assessment_opened", [_assessment(row) for row in rows], by=by)


def potential_assessments_closed(rows: Sequence[PotentialAssessment], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.potential_assessment_closed", [_assessment(row) for row in rows], by=by)


def potential_raters_named(forms: Sequence[PotentialForm], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.potential_rater_named", [_form(form) for form in forms], by=by)


def potential_rater_withdrawn(form: PotentialForm, *, by: Actor | None) -> Fact:
    return record_many("talent.potential_rater_withdrawn", [_form(form)], by=by)[0]


def potential_form_submitted(form: PotentialForm, *, by: Actor | None) -> Fact:
    return record_many("talent.potential_form_submitted", [_form(form)], by=by)[0]


def pool_created(pool: TalentPool, *, by: Actor | None) -> Fact:
    return record("talent.pool_created", pool, by=by)


def pool_edited(pool: TalentPool, *, by: Actor | None) -> Fact:
    return record("talent.pool_edited", pool, by=by)


def pool_retired(pool: TalentPool, *, by: Actor | None) -> Fact:
    return record("talent.pool_retired", pool, by=by)


def pool_step_added(step: PoolStep, *, by: Actor | None) -> Fact:
    return record("talent.pool_step_added", step.pool, by=by, data={"step": step.pk})


def pool_published(pool: TalentPool, audit: GroupAudit, *, by: Actor | None) -> Fact:
    return record("talent.pool_published", pool, by=by, data={"audit": audit.pk})


def group_audit_answered(audit: GroupAudit, *, by: Actor | None) -> Fact:
    return record("talent.group_audit_answered", audit.pool, by=by, data={"audit": audit.pk})


def pool_member_nominated(member: PoolMember, *, by: Actor | None) -> Fact:
    return _about_member("talent.pool_member_nominated", member, by=by)


def nomination_approved(member: PoolMember, *, by: Actor | None) -> Fact:
    return _about_member("talent.nomination_approved", member, by=by)


def nomination_declined(member: PoolMember, *, by: Actor | None) -> Fact:
    return _about_member("talent.nomination_declined", member, by=by)


def pool_left(member: PoolMember, *, by: Actor | None) -> Fact:
    return _about_member("talent.pool_left", member, by=by)


def pool_members_joined(members: Sequence[PoolMember], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.pool_member_joined", [_member(member) for member in members], by=by)


def pool_members_expired(members: Sequence[PoolMember], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.pool_membership_expired", [_member(member) for member in members], by=by)


def attendance_noted(member: PoolMember, step: PoolStep, *, by: Actor | None) -> Fact:
    data = {"pool": member.pool_id, "step": step.pk}
    return record("talent.attendance_noted", member, by=by, person_id=member.employee_id, data=data)


def aspiration_stated(aspiration: Aspiration, *, by: Actor | None) -> Fact:
    return record("talent.aspiration_stated", aspiration, by=by, person_id=aspiration.employee_id)


def _assessment(row: PotentialAssessment) -> Entry:
    return Entry(row, row.employee_id, data={"round": row.round_id})


def _form(form: PotentialForm) -> Entry:
    return Entry(form, form.assessment.employee_id, data={"assessment": form.assessment_id})


def _member(member: PoolMember) -> Entry:
    return Entry(member, member.employee_id, data={"pool": member.pool_id})


def _about_member(topic: str, member: PoolMember, *, by: Actor | None) -> Fact:
    return record_many(topic, [_member(member)], by=by)[0]
