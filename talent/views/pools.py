"""Pages of talent pools: what they are for, who is nominated, who belongs, and how the choice falls on groups."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import form_page, step
from hrportal.common.paging import of, window
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.viewer import Principal
from talent import actions
from talent.enums import PoolMemberState
from talent.filters.potential import PoolMemberFilter
from talent.forms.pools import (
    AttendanceForm,
    AuditAnswerForm,
    DecideForm,
    PoolForm,
    PoolNominateForm,
    PoolStepForm,
)
from talent.freshness import POTENTIAL_RULE, RATING_RULE
from talent.models import GroupAudit, PoolMember, TalentPool
from talent.potential.audits import shown_lines
from talent.potential.levels import performance_of, potential_of
from talent.potential.lists import MEMBERS
from talent.staleness import StaleDatum
from talent.views.potential import tabs_for
from talent.views.profiles import READERS

form_view = require_http_methods(["GET", "HEAD", "POST"])
SOON = 30


@access(roles=READERS)
@require_safe
def pool_list(request: PageRequest) -> HttpResponse:
    """The pools there are, with how many people one may see in each."""
    pools = TalentPool.objects.visible_to(request.user).with_counts(request.user).select_related("owner", "org_unit")
    context = {
        "pools": pools.order_by("-is_active", "name"),
        "tabs": tabs_for(request.user),
        "may_create": request.user.has_perm("talent.create_pool"),
    }
    return render(request, "talent/pool_list.html", context)


@access(roles=READERS)
@require_safe
def pool_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One pool: definition, people, programme, audits."""
    pool = get_for_user(
        TalentPool.objects.with_counts(request.user).select_related("owner", "org_unit"), request.user, pk=pk
    )
    members = PoolMember.objects.visible_to(request.user).filter(pool=pool).with_people()
    data = request.GET.copy()
    found = PoolMemberFilter(data, members if data.get("state") else members.standing(), request=request)
    page = window(request, found.qs, MEMBERS, query=of(request, pool=pk))
    context = {
        "pool": pool,
        "filter": found,
        "page": page,
        "rows": _rows(page.rows, request.user),
        "steps": pool.steps.all(),
        "audits": GroupAudit.objects.visible_to(request.user).filter(pool=pool),
        "may": {
            verb: request.user.has_perm(f"talent.{verb}", pool)
            for verb in ("edit_pool", "add_pool_step", "retire_pool", "publish_pool", "nominate_member")
        },
    }
    return render_list(request, "talent/pool_detail.html", context, part="rows")


def _rows(members: list[PoolMember], user: Principal) -> list[dict[str, Any]]:
    """Members with the levels of today; three queries, whatever their number."""
    today, ids = timezone.localdate(), [member.employee_id for member in members]
    performance, potential = performance_of(ids, today), potential_of(ids, today, user)
    return [
        {
            "member": member,
            "performance": performance.get(member.employee_id),
            "potential": potential.get(member.employee_id),
            "ends_soon": member.state == PoolMemberState.MEMBER and member.expires_within(SOON, today),
        }
        for member in members
    ]


@access(roles={Role.HR_LEADER})
@form_view
def pool_create(request: PageRequest) -> HttpResponse:
    if not request.user.has_perm("talent.create_pool"):
        raise PermissionDenied
    return form_page(
        request,
        PoolForm(request.POST or None),
        lambda typed: actions.create_pool(by=request.user, **typed),
        done=_("The pool is there. Now people can be nominated."),
        back=reverse("talent:pool_list"),
        back_label=_("Talent pools"),
        title=_("New talent pool"),
        submit=_("Create"),
    )


@access(roles=HR_ROLES)
@form_view
def pool_edit(request: PageRequest, pk: int) -> HttpResponse:
    pool = get_for_user(TalentPool.objects.all(), request.user, "talent.edit_pool", pk=pk)
    return form_page(
        request,
        PoolForm(request.POST or None, instance=pool),
        lambda typed: actions.edit_pool(pool, by=request.user, **typed),
        done=_("Saved."),
        back=_pool_url(pool.pk),
        back_label=pool.name,
        title=_("Edit %s") % pool,
        submit=_("Save"),
    )


@access(roles={Role.HR_LEADER})
@require_POST
def pool_retire(request: PageRequest, pk: int) -> HttpResponse:
    pool = get_for_user(TalentPool.objects.all(), request.user, "talent.retire_pool", pk=pk)
    return step(
        request,
        lambda: actions.retire_pool(pool, by=request.user),
        done=_("Nobody more comes into this pool. Memberships end on their day."),
        back=_pool_url(pool.pk),
    )


@access(roles=HR_ROLES)
@form_view
def pool_step_add(request: PageRequest, pk: int) -> HttpResponse:
    pool = get_for_user(TalentPool.objects.all(), request.user, "talent.add_pool_step", pk=pk)
    return form_page(
        request,
        PoolStepForm(request.POST or None),
        lambda typed: actions.add_pool_step(pool, by=request.user, **typed),
        done=_("Added to the programme."),
        back=_pool_url(pool.pk),
        back_label=pool.name,
        title=_("Add a step to the programme"),
        submit=_("Add"),
    )


@access(roles={Role.MANAGER, *HR_ROLES})
@form_view
def member_nominate(request: PageRequest, pk: int) -> HttpResponse:
    """Find a person, look at the evidence, and say why."""
    pool = get_for_user(TalentPool.objects.select_related("org_unit"), request.user, "talent.nominate_member", pk=pk)
    search = request.GET.get("q", "").replace("\x00", "")
    form = PoolNominateForm(request.POST or None, pool=pool, user=request.user, search=search)
    today, ids = timezone.localdate(), [person.pk for person in form.found]
    performance, potential = performance_of(ids, today), potential_of(ids, today, request.user)
    people = [
        {"person": person, "performance": performance.get(person.pk), "potential": potential.get(person.pk)}
        for person in form.found
    ]
    return form_page(
        request,
        form,
        lambda typed: actions.nominate_member(pool, by=request.user, **typed),
        done=_("Nominated. An HR leader decides; the person is not told."),
        back=_pool_url(pool.pk),
        template="talent/member_nominate.html",
        pool=pool,
        search=search,
        people=people,
    )


@access(roles={Role.HR_LEADER})
@require_POST
def pool_publish(request: PageRequest, pk: int) -> HttpResponse:
    """Make approved nominees members; the audit is stored with it."""
    pool = get_for_user(TalentPool.objects.all(), request.user, "talent.publish_pool", pk=pk)
    return step(
        request,
        lambda: actions.publish_pool(pool, by=request.user),
        done=_("Published. Read the group audit."),
        back=_pool_url(pool.pk),
    )


@access(roles=READERS)
@require_safe
def pool_member_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One nomination: why, on which evidence, who decided, and what came of it."""
    member = _member(request, pk)
    today, user = timezone.localdate(), request.user
    context = {
        "member": member,
        "performance": performance_of([member.employee_id], today).get(member.employee_id),
        "potential": potential_of([member.employee_id], today, user).get(member.employee_id),
        "stale": [StaleDatum.of(stored) for stored in member.rested_on_stale],
        "attendances": member.attendances.select_related("step").order_by("step__held_on"),
        "rules": [RATING_RULE, POTENTIAL_RULE],
        "may_decide": member.state == PoolMemberState.NOMINATED and user.has_perm("talent.approve_nomination", member),
        "may_leave": user.has_perm("talent.leave_pool", member),
        "may_note": member.state == PoolMemberState.MEMBER and user.has_perm("talent.note_attendance", member),
    }
    return render(request, "talent/pool_member_detail.html", context)


@access(roles={Role.HR_LEADER})
@form_view
def nomination_approve(request: PageRequest, pk: int) -> HttpResponse:
    member = _member(request, pk, "talent.approve_nomination")
    return form_page(
        request,
        DecideForm(request.POST or None),
        lambda typed: actions.approve_nomination(member, by=request.user, **typed),
        done=_("Approved. The membership begins when the round is published."),
        back=_member_url(member),
        back_label=member.employee.name,
        title=_("Approve %s") % member.employee,
        submit=_("Approve"),
    )


@access(roles={Role.HR_LEADER})
@form_view
def nomination_decline(request: PageRequest, pk: int) -> HttpResponse:
    member = _member(request, pk, "talent.decline_nomination")
    return form_page(
        request,
        DecideForm(request.POST or None),
        lambda typed: actions.decline_nomination(member, by=request.user, **typed),
        done=_("Declined."),
        back=_member_url(member),
        back_label=member.employee.name,
        title=_("Decline %s") % member.employee,
        submit=_("Decline"),
    )


@access(roles=HR_ROLES)
@form_view
def pool_leave(request: PageRequest, pk: int) -> HttpResponse:
    member = _member(request, pk, "talent.leave_pool")
    return form_page(
        request,
        DecideForm(request.POST or None),
        lambda typed: actions.leave_pool(member, by=request.user, **typed),
        done=_("It has ended."),
        back=_member_url(member),
        back_label=member.employee.name,
        title=_("%s leaves the pool") % member.employee,
        submit=_("End it"),
        danger=True,
    )


@access(roles=HR_ROLES)
@form_view
def attendance_note(request: PageRequest, pk: int) -> HttpResponse:
    member = _member(request, pk, "talent.note_attendance")
    return form_page(
        request,
        AttendanceForm(request.POST or None, pool=member.pool),
        lambda typed: actions.note_attendance(member, by=request.user, **typed),
        done=_("Noted."),
        back=_member_url(member),
        back_label=member.employee.name,
        title=_("%s in the programme") % member.employee,
        submit=_("Save"),
    )


@access(roles={Role.HR_LEADER})
@require_safe
def group_audit_detail(request: PageRequest, pk: int) -> HttpResponse:
    """How a round falls on groups; sums only."""
    audit = get_for_user(GroupAudit.objects.select_related("pool", "made_by", "answered_by"), request.user, pk=pk)
    return render(
        request,
        "talent/group_audit_detail.html",
        {"audit": audit, "lines": shown_lines(audit), "export_query": f"audit={pk}"},
    )


@access(roles={Role.HR_LEADER})
@form_view
def group_audit_answer(request: PageRequest, pk: int) -> HttpResponse:
    audits = GroupAudit.objects.select_related("pool")
    audit = get_for_user(audits, request.user, "talent.answer_group_audit", pk=pk)
    return form_page(
        request,
        AuditAnswerForm(request.POST or None),
        lambda typed: actions.answer_group_audit(audit, by=request.user, **typed),
        done=_("Answered."),
        back=reverse("talent:group_audit_detail", args=[audit.pk]),
        back_label=str(audit),
        title=_("Explain the audit of %s") % audit.pool,
        submit=_("Save"),
    )


def _member(request: PageRequest, pk: int, permission: str | None = None) -> PoolMember:
    return get_for_user(PoolMember.objects.with_people(), request.user, permission, pk=pk)


def _pool_url(pk: int) -> str:
    return reverse("talent:pool_detail", args=[pk])


def _member_url(member: PoolMember) -> str:
    return reverse("talent:pool_member_detail", args=[member.pk])
