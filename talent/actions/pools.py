"""What happens to talent pools: nominated, approved, published with an audit, and never for good."""

import calendar
import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.common.paths import at_or_below
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.enums import Role
from hrportal.people.models import Employee, RoleGrant
from hrportal.people.viewer import Principal
from talent import events
from talent.actions.common import apply, said
from talent.actions.profiles import lock_profiles
from talent.enums import Datum, OpenTopic, PoolMemberState
from talent.models import GroupAudit, PoolAttendance, PoolMember, PoolStep, TalentPool
from talent.models.pools import SCOPE, STANDING
from talent.models.sight import others_talent
from talent.notices import potential as notices
from talent.potential.levels import performance_of, potential_of
from talent.potential.population import pool_keepers
from talent.scores.group_audit import GroupLine, age_group, audit_of
from talent.staleness import stale_data, stored_data

EDITABLE = frozenset({"name", "kind", "definition", "criteria", "org_unit", "owner", "validity_months"})
RESTS_ON = (Datum.RATING, Datum.POTENTIAL)
SOON = datetime.timedelta(days=30)
DECIMALS = 3


@transaction.atomic
def create_pool(*, by: Actor | None, **said_of_it: Any) -> TalentPool:
    """Say what a pool is for and who is meant, before anybody is nominated."""
    pool = TalentPool()
    apply(pool, said_of_it, EDITABLE)
    _check_owner(pool)
    checked(pool)
    pool.save()
    events.pool_created(pool, by=by)
    return pool


@transaction.atomic
def edit_pool(pool: TalentPool, *, by: Actor | None, **changes: Any) -> TalentPool:
    pool = _lock_pool(pool)
    apply(pool, changes, EDITABLE)
    _check_owner(pool)
    checked(pool)
    pool.save()
    events.pool_edited(pool, by=by)
    return pool


def _check_owner(pool: TalentPool) -> None:
    if pool.owner_id is not None and not pool_keepers().filter(pk=pool.owner_id).exists():
        raise ActionError(_("A pool is kept by somebody of HR."), field="owner")


@transaction.atomic
def retire_pool(pool: TalentPool, *, by: Principal) -> TalentPool:
    """Take nobody more into a pool. Its members stay until their membership expires.

    A nomination of whoever does it does not hold them back, which would tell of it; others still decide and publish it.
    """
    pool = _lock_pool(pool)
    waiting = pool.members.filter(state__in=[PoolMemberState.NOMINATED, PoolMemberState.APPROVED])
    if waiting.filter(others_talent(by, OpenTopic.POTENTIAL, SCOPE, "employee__")).exists():
        raise ActionError(_("Decide and publish the nominations first."))
    pool.is_active = False
    pool.save(update_fields=["is_active"])
    events.pool_retired(pool, by=by)
    return pool


@transaction.atomic
def add_pool_step(pool: TalentPool, *, by: Actor | None, title: str, held_on: datetime.date) -> PoolStep:
    """Add a step to the pool's programme."""
    pool = _lock_pool(pool)
    step = PoolStep(pool=pool, title=title.strip(), held_on=held_on)
    checked(step)
    step.save()
    events.pool_step_added(step, by=by)
    return step


@transaction.atomic
def note_attendance(member: PoolMember, step: PoolStep, *, by: Actor | None, took_part: bool) -> PoolMember:
    """Note whether a member took part in a step; noting it again corrects it."""
    member = _lock_member(member, PoolMemberState.MEMBER)
    if step.pool_id != member.pool_id:
        raise ActionError(_("This step belongs to another pool."), field="step")
    PoolAttendance.objects.update_or_create(
        step=step, member=member, defaults={"took_part": took_part, "noted_at": timezone.now()}
    )
    events.attendance_noted(member, step, by=by)
    return member


@transaction.atomic
def nominate_member(pool: TalentPool, employee: Employee, *, by: Actor | None, rationale: str) -> PoolMember:
    """Propose somebody, with the evidence there is today; they are not told. A member is nominated anew to be renewed."""
    pool, why = _lock_pool(pool), said(rationale, field="rationale")
    if employee.has_left:
        raise ActionError(_("This person does not work here any more."), field="employee")
    if employee.pk == acting_id(by):
        raise ActionError(_("Nobody nominates themselves."), field="employee")
    lock_profiles([employee.pk])
    member = PoolMember(pool=pool, employee=employee, rationale=why, nominated_by_id=acting_id(by))
    member.evidence = evidence_of(employee, timezone.localdate())
    checked(member)
    member.save()
    events.pool_member_nominated(member, by=by)
    notices.nomination_to_decide(member)
    return member


def evidence_of(employee: Employee, today: datetime.date) -> dict[str, Any]:
    """The levels known on a day, as a nomination keeps them; what is not known is not in it."""
    evidence: dict[str, Any] = {}
    if performance := performance_of([employee.pk], today).get(employee.pk):
        level = performance.level
        evidence["performance"] = _kept(level.value, level.low, level.high, performance.as_of)
        evidence["ratings"] = [rating.pk for rating in performance.ratings]
    if potential := potential_of([employee.pk], today).get(employee.pk):
        evidence["potential"] = _kept(potential.value, potential.low, potential.high, potential.as_of)
        evidence["assessment"] = potential.assessment_id
    return evidence


def _kept(value: float, low: float, high: float, on: datetime.date) -> dict[str, Any]:
    return {
        "value": round(value, DECIMALS),
        "low": round(low, DECIMALS),
        "high": round(high, DECIMALS),
        "as_of": on.isoformat(),
    }


@transaction.atomic
def approve_nomination(member: PoolMember, *, by: Actor | None, reason: str) -> PoolMember:
    """Say yes. The membership begins when the pool's round is published."""
    member = _decide(member, PoolMemberState.APPROVED, by=by, reason=reason)
    events.nomination_approved(member, by=by)
    return member


@transaction.atomic
def decline_nomination(member: PoolMember, *, by: Actor | None, reason: str) -> PoolMember:
    """Say no, and why."""
    member = _decide(member, PoolMemberState.DECLINED, by=by, reason=reason)
    events.nomination_declined(member, by=by)
    return member


def _decide(member: PoolMember, state: PoolMemberState, *, by: Actor | None, reason: str) -> PoolMember:
    member, why = _lock_member(member, PoolMemberState.NOMINATED), said(reason, field="reason")
    if member.nominated_by_id is not None and member.nominated_by_id == acting_id(by):
        raise ActionError(_("Whoever nominated somebody does not decide about it."))
    if member.employee.has_left and state == PoolMemberState.APPROVED:
        raise ActionError(_("This person does not work here any more."))
    stale = stale_data([member.employee_id], timezone.localdate(), RESTS_ON)
    member.rested_on_stale = stored_data(stale.get(member.employee_id, []))
    member.state, member.decision_reason = state, why
    member.decided_by_id, member.decided_at = acting_id(by), timezone.now()
    member.save()
    return member


@transaction.atomic
def publish_pool(pool: TalentPool, *, by: Principal) -> GroupAudit:
    """Make approved nominees members from today, with an audit of how the choice falls on groups stored beside it.

    What is about the publisher waits for another leader. A group that is chosen far less often asks for an
    explanation; that blocks nothing and nobody forgets it.
    """
    pool, today = _lock_pool(pool, may_be_retired=True), timezone.localdate()
    approved = pool.members.select_for_update(of=("self",)).filter(
        others_talent(by, OpenTopic.POTENTIAL, SCOPE, "employee__"), state=PoolMemberState.APPROVED
    )
    joining = list(approved.exclude(employee__status="left").order_by("pk"))
    if not joining:
        raise ActionError(_("Nobody is approved and not yet published."))
    _end_former(pool, joining)
    until = months_later(today, pool.validity_months)
    for member in joining:
        member.state, member.member_since, member.expires_on = PoolMemberState.MEMBER, today, until
    PoolMember.objects.bulk_update(joining, ["state", "member_since", "expires_on"])
    audit = _audit(pool, today, by=by)
    events.pool_members_joined(joining, by=by)
    events.pool_published(pool, audit, by=by)
    if audit.asks_why:
        notices.audit_asks(audit)
    return audit


def _end_former(pool: TalentPool, joining: Iterable[PoolMember]) -> None:
    """Who is renewed begins a new membership; the former ends with it."""
    former = pool.members.filter(state=PoolMemberState.MEMBER, employee__in=[row.employee_id for row in joining])
    former.update(state=PoolMemberState.RENEWED, ended_at=timezone.now())


def _audit(pool: TalentPool, today: datetime.date, *, by: Actor | None) -> GroupAudit:
    lines, population, chosen = audit_lines(pool, today)
    audit = GroupAudit(
        pool=pool,
        population=population,
        chosen=chosen,
        lines=[asdict(line) for line in lines],
        asks_why=any(line.asks_why for line in lines),
        made_by_id=acting_id(by),
    )
    audit.save()
    return audit


def audit_lines(pool: TalentPool, today: datetime.date) -> tuple[list[GroupLine], int, int]:
    """The lines of an audit of today's members among those the pool could take, how many these are, and how many are members.

    HR leaders are left out on both sides: they read the audit, and a sum that holds oneself tells about oneself.
    """
    leaders = RoleGrant.objects.current().filter(role=Role.HR_LEADER).exclude(user__employee=None)
    people = Employee.objects.employed().exclude(pk__in=leaders.values("user__employee"))
    if pool.org_unit is not None:
        people = people.filter(at_or_below(pool.org_unit.path, field="org_unit__path"))
    members = set(pool.members.filter(state=PoolMemberState.MEMBER).values_list("employee", flat=True))
    rows = [(pk in members, gender, year) for pk, gender, year in people.values_list("pk", "gender", "birth_year")]
    lines = [
        *audit_of("gender", [(gender, chosen) for chosen, gender, _year in rows]),
        *audit_of("age", [(age_group(year, today.year), chosen) for chosen, _gender, year in rows]),
    ]
    return lines, len(rows), sum(chosen for chosen, *_rest in rows)


@transaction.atomic
def answer_group_audit(audit: GroupAudit, *, by: Actor | None, answer: str) -> GroupAudit:
    """Say why the choice falls as it does, or what will be done about it."""
    audit = GroupAudit.objects.select_for_update(of=("self",)).select_related("pool").get(pk=audit.pk)
    if not audit.asks_why:
        raise ActionError(_("This audit asks nothing."))
    if audit.answered_at is not None:
        raise ActionError(_("This audit is answered already."))
    audit.answer = said(answer, field="answer")
    audit.answered_by_id, audit.answered_at = acting_id(by), timezone.now()
    audit.save(update_fields=["answer", "answered_by", "answered_at"])
    events.group_audit_answered(audit, by=by)
    return audit


@transaction.atomic
def leave_pool(member: PoolMember, *, by: Actor | None, reason: str) -> PoolMember:
    """End a membership or take back a nomination, and say why."""
    member, why = _lock_member(member, *STANDING), said(reason, field="reason")
    _end(member, why, by=by)
    events.pool_left(member, by=by)
    return member


@transaction.atomic
def end_for_leavers() -> int:
    """End what stands about people who have left the company; how many."""
    gone = PoolMember.objects.select_for_update(of=("self",)).standing().filter(employee__status="left")
    ending = list(gone.select_related("employee").order_by("pk"))
    for member in ending:
        _end(member, _("Left the company."), by=None)
        events.pool_left(member, by=None)
    return len(ending)


def _end(member: PoolMember, reason: str, *, by: Actor | None) -> None:
    member.state, member.ended_reason = PoolMemberState.LEFT, reason
    member.ended_by_id, member.ended_at = acting_id(by), timezone.now()
    member.save(update_fields=["state", "ended_reason", "ended_by", "ended_at"])


@transaction.atomic
def expire_memberships(today: datetime.date) -> int:
    """End memberships whose day has passed; how many. Doing it again ends nothing more."""
    rows = PoolMember.objects.select_for_update().filter(state=PoolMemberState.MEMBER, expires_on__lt=today)
    ending = list(rows.order_by("pk"))
    PoolMember.objects.filter(pk__in=[member.pk for member in ending]).update(
        state=PoolMemberState.EXPIRED, ended_at=timezone.now()
    )
    events.pool_members_expired(ending, by=None)
    return len(ending)


def remind_of_expiry(today: datetime.date) -> int:
    """Tell those who keep a pool which memberships end within a month, once for each day they end on; of how many."""
    soon = PoolMember.objects.filter(state=PoolMemberState.MEMBER, expires_on__range=(today, today + SOON))
    ending: dict[tuple[int, datetime.date], list[PoolMember]] = defaultdict(list)
    for member in soon.select_related("pool").order_by("pk"):
        if member.expires_on:
            ending[member.pool_id, member.expires_on].append(member)
    for (_pool, day), members in ending.items():
        notices.memberships_end(members[0].pool, members, day)
    return sum(map(len, ending.values()))


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _lock_pool(pool: TalentPool, *, may_be_retired: bool = False) -> TalentPool:
    pool = TalentPool.objects.select_for_update(of=("self",)).select_related("org_unit").get(pk=pool.pk)
    if not (pool.is_active or may_be_retired):
        raise ActionError(_("This pool takes nobody more."))
    return pool


def _lock_member(member: PoolMember, *expected: PoolMemberState) -> PoolMember:
    """The row as it is now, so that two clicks cannot both win."""
    rows = PoolMember.objects.select_for_update(of=("self",)).select_related("employee__org_unit", "pool")
    member = rows.get(pk=member.pk)
    if member.state not in expected:
        raise ActionError(_("This is already “%s”.") % member.get_state_display())
    return member
