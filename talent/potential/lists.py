"""The lists of potential and pools that can be taken away. What a cell holds is what its reader sees on the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, Portions, filtered, list_kind, named_in, of_named
from hrportal.people.lists import person_columns
from hrportal.people.viewer import Principal
from talent.enums import RaterState
from talent.filters.potential import AssessmentFilter, PoolMemberFilter
from talent.models import GroupAudit, PoolMember, PotentialAssessment, PotentialForm, PotentialRound, TalentPool
from talent.potential.audits import shown_lines
from talent.potential.levels import KnownPerformance, KnownPotential, performance_of, potential_of

READERS = HR_ROLES | {Role.MANAGER, Role.EXECUTIVE, Role.INTEGRATION}
SOMEBODY = HR_ROLES | {Role.EMPLOYEE}
DECIMALS = 2


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


def _pool_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Pool"), lambda pool: pool.name),
        Column(gettext_lazy("Kind"), lambda pool: pool.get_kind_display()),
        Column(gettext_lazy("From"), lambda pool: pool.org_unit or _("Everywhere")),
        Column(gettext_lazy("Owner"), lambda pool: pool.owner),
        Column(gettext_lazy("Takes people"), lambda pool: _("yes") if pool.is_active else _("no")),
        Column(gettext_lazy("Members"), lambda pool: pool.member_count),
        Column(gettext_lazy("Nominated"), lambda pool: pool.nominated_count),
    ]


def _pools(user: Principal, query: QueryDict) -> QuerySet[TalentPool]:
    rows = TalentPool.objects.visible_to(user).with_counts(user).select_related("owner", "org_unit")
    return rows.order_by("-is_active", "name")


@dataclass(frozen=True)
class MemberLine:
    """Somebody in a pool, with the levels of today as far as the reader may know them."""

    member: PoolMember
    performance: KnownPerformance | None
    potential: KnownPotential | None

    @property
    def level(self) -> float | None:
        return self.performance.level.value if self.performance else None


def _member_columns() -> Sequence[Column]:
    return [
        *person_columns("member.employee"),
        Column(gettext_lazy("Pool"), lambda line: line.member.pool),
        Column(gettext_lazy("Unit"), lambda line: line.member.employee.org_unit),
        Column(gettext_lazy("Job"), lambda line: line.member.employee.job),
        Column(gettext_lazy("State"), lambda line: line.member.get_state_display()),
        Column(gettext_lazy("Until"), lambda line: line.member.expires_on),
        Column(gettext_lazy("Performance level"), lambda line: _rounded(line.level)),
        Column(gettext_lazy("Performance as of"), lambda line: line.performance and line.performance.as_of),
        Column(gettext_lazy("Potential"), lambda line: _rounded(line.potential and line.potential.value)),
        Column(gettext_lazy("Potential as of"), lambda line: line.potential and line.potential.as_of),
    ]


def _members(user: Principal, query: QueryDict) -> Portions:
    """Of the pool in the query, or of all one sees; those nominated and members, unless a state is asked for."""
    rows = PoolMember.objects.visible_to(user).with_people()
    rows = of_named(query, "pool", TalentPool.objects.visible_to(user), rows)
    found = filtered(PoolMemberFilter, query, rows if query.get("state") else rows.standing(), user)
    return Portions(found, lambda members: _with_levels(members, user))


def _with_levels(members: list[PoolMember], user: Principal) -> Iterator[MemberLine]:
    today, ids = timezone.localdate(), [member.employee_id for member in members]
    performance = performance_of(ids, today) if user.viewer.may_use("ratings:read") else {}
    potential = potential_of(ids, today, user)
    for member in members:
        yield MemberLine(member, performance.get(member.employee_id), potential.get(member.employee_id))


def _audit_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Group"), lambda line: f"{line['attribute_label']}: {line['group_label']}"),
        Column(gettext_lazy("People"), _unless_small("count")),
        Column(gettext_lazy("Members"), _unless_small("chosen")),
        Column(gettext_lazy("Rate"), _unless_small("rate")),
        Column(gettext_lazy("Ratio to the highest"), _unless_small("ratio")),
        Column(gettext_lazy("Fisher’s exact p"), _unless_small("p")),
        Column(gettext_lazy("Asks why"), _audit_word),
    ]


def _unless_small(name: str) -> Any:
    """Of groups too small to say anything nothing is told but that they are there."""
    return lambda line: None if line["is_small"] else line[name]


def _audit_word(line: dict[str, Any]) -> str:
    if line["is_small"]:
        return _("Too small")
    return _("yes") if line["asks_why"] else _("no")


def _audit(user: Principal, query: QueryDict) -> list[dict[str, Any]]:
    audit = named_in(query, "audit", GroupAudit.objects.visible_to(user))
    return shown_lines(audit) if audit else []


@dataclass(frozen=True)
class AssessmentLine:
    """An assessment, and whether this reader may know its level yet: raters do not before they have submitted."""

    assessment: PotentialAssessment
    is_told: bool

    def told(self, name: str) -> float | None:
        return _rounded(getattr(self.assessment, name)) if self.is_told else None


def _assessment_columns() -> Sequence[Column]:
    return [
        *person_columns("assessment.employee"),
        Column(gettext_lazy("Unit"), lambda line: line.assessment.employee.org_unit),
        Column(gettext_lazy("Job"), lambda line: line.assessment.employee.job),
        Column(gettext_lazy("Round"), lambda line: line.assessment.round),
        Column(gettext_lazy("As of"), lambda line: line.assessment.as_of),
        Column(gettext_lazy("Forms submitted"), lambda line: line.assessment.submitted),
        Column(gettext_lazy("Forms asked for"), lambda line: line.assessment.asked),
        Column(gettext_lazy("Potential"), lambda line: line.told("level")),
        Column(gettext_lazy("From"), lambda line: line.told("low")),
        Column(gettext_lazy("To"), lambda line: line.told("high")),
        Column(gettext_lazy("State"), lambda line: line.assessment.get_state_display()),
    ]


def _assessments(user: Principal, query: QueryDict) -> Portions:
    """Of the round in the query, or all one sees."""
    rows = PotentialAssessment.objects.visible_to(user).with_progress()
    rows = of_named(query, "round", PotentialRound.objects.visible_to(user), rows)
    rows = rows.select_related("employee__job", "employee__org_unit", "round").order_by("-as_of", "-pk")
    return Portions(filtered(AssessmentFilter, query, rows, user), lambda found: _told(found, user))


def _told(rows: list[PotentialAssessment], user: Principal) -> Iterator[AssessmentLine]:
    unbiased = PotentialAssessment.objects.filter(pk__in=[row.pk for row in rows]).unbiased_for(user)
    told = set(unbiased.values_list("pk", flat=True))
    for row in rows:
        yield AssessmentLine(row, row.pk in told)


def _round_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Round"), lambda row: row.name),
        Column(gettext_lazy("As of"), lambda row: row.as_of),
        Column(gettext_lazy("Due"), lambda row: row.due_on),
        Column(gettext_lazy("Launched by"), lambda row: row.launched_by),
        Column(gettext_lazy("State"), lambda row: row.get_state_display()),
    ]


def _rounds(user: Principal, query: QueryDict) -> QuerySet[PotentialRound]:
    return PotentialRound.objects.visible_to(user).select_related("launched_by")


def _form_columns() -> Sequence[Column]:
    return [
        *person_columns("assessment.employee"),
        Column(gettext_lazy("As of"), lambda form: form.assessment.as_of),
        Column(gettext_lazy("Due"), lambda form: form.assessment.due_on),
        Column(gettext_lazy("State"), lambda form: form.get_state_display()),
        Column(gettext_lazy("Submitted"), lambda form: form.submitted_at),
    ]


def _forms(user: Principal, query: QueryDict) -> QuerySet[PotentialForm]:
    """What one is asked, and what one handed in."""
    rows = PotentialForm.objects.own(user)
    shown = rows.to_write() | rows.filter(state=RaterState.SUBMITTED)
    return shown.with_people().order_by("-assessment__as_of", "-pk")


POOLS = list_kind(ListKind("talent.pools", gettext_lazy("Talent pools"), _pool_columns, _pools, READERS))
MEMBERS = list_kind(
    ListKind("talent.pool_members", gettext_lazy("People of talent pools"), _member_columns, _members, READERS)
)
AUDIT = list_kind(
    ListKind("talent.group_audit", gettext_lazy("Group audit"), _audit_columns, _audit, frozenset({Role.HR_LEADER}))
)
ASSESSMENTS = list_kind(
    ListKind(
        "talent.potential_assessments",
        gettext_lazy("Assessments of potential"),
        _assessment_columns,
        _assessments,
        READERS,
    )
)
ROUNDS = list_kind(
    ListKind("talent.potential_rounds", gettext_lazy("Rounds about potential"), _round_columns, _rounds, HR_ROLES)
)
FORMS = list_kind(
    ListKind("talent.potential_forms", gettext_lazy("Forms about potential"), _form_columns, _forms, SOMEBODY)
)
