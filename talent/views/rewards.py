"""Merit rounds: what they rest on, what they recommend, what people decided, and pay itself. For HR leaders."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import form_page, step
from hrportal.common.paging import of, window
from hrportal.journal.models import Job
from hrportal.people.enums import Role
from hrportal.people.exports import export_later
from hrportal.people.slots import collect
from talent.actions import rewards as steps
from talent.enums import PayPosition, RewardState
from talent.filters.rewards import MeritFilter
from talent.forms.rewards import DecisionForm, GuidelineForm, PayTableForm, RewardCycleEditForm, RewardCycleForm
from talent.models import MeritRecommendation, PayRange, PayRecord, RewardCycle
from talent.rewards import importing, summary
from talent.rewards.lists import CYCLES, PAYROLL, RANGES, ROUND
from talent.staleness import StaleDatum

for_leaders = access(roles={Role.HR_LEADER})


@for_leaders
@require_safe
def reward_cycle_list(request: PageRequest) -> HttpResponse:
    """All rounds, newest first, with how far each is."""
    cycles = summary.with_counts(RewardCycle.objects.visible_to(request.user), request.user).select_related("org_unit")
    context = {
        "page": window(request, cycles, CYCLES),
        "may_create": request.user.has_perm("talent.create_reward_cycle"),
    }
    return render(request, "talent/rewards/cycle_list.html", context)


@for_leaders
@require_http_methods(["GET", "POST"])
def reward_cycle_create(request: PageRequest) -> HttpResponse:
    """Begin a round."""
    form = RewardCycleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cycle = steps.create_reward_cycle(by=request.user, **form.cleaned_data)
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            messages.success(request, _("The round is there. Look at its guideline before anything is computed."))
            return redirect("talent:reward_guideline_edit", cycle.pk)
    context = {
        "form": form,
        "title": _("New merit round"),
        "lead": _("Recommendations follow from calibrated ratings of the period and the position in the pay range."),
        "submit": _("Create the round"),
        "back": reverse("talent:reward_cycle_list"),
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)


@for_leaders
@require_http_methods(["GET", "POST"])
def reward_cycle_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Change what a round rests on."""
    cycle = _cycle(request, pk, "talent.edit_reward_cycle")
    form = RewardCycleEditForm(request.POST or None, instance=RewardCycle.objects.get(pk=cycle.pk))
    return form_page(
        request,
        form,
        lambda fields: steps.edit_reward_cycle(cycle, by=request.user, **fields),
        done=_("Saved. What was recommended before was taken back."),
        back=cycle.get_absolute_url(),
        back_label=str(cycle),
        title=_("Edit the round"),
        lead=_("Saving takes back what was recommended and decided: it would no longer follow from what stands here."),
        submit=_("Save"),
    )


@for_leaders
@require_safe
def reward_cycle_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One round: budget and use, guideline, whether groups fare alike, and everybody in it but oneself."""
    cycle = get_for_user(RewardCycle.objects.select_related("org_unit").prefetch_related("cells"), request.user, pk=pk)
    rows = summary.rows_for(request.user, cycle)
    found = MeritFilter(request.GET, rows.with_people(), request=request)
    matrix = summary.matrix_of(cycle, rows, summary.labels_of(cycle, request.user))
    found.offer_ratings([(line.rating, line.label or str(line.rating)) for line in matrix])
    me = request.user.viewer.employee_id
    to_approve = MeritRecommendation.objects.to_approve_by(cycle, me).count() if me else 0
    context = {
        "cycle": cycle,
        "filter": found,
        "page": window(request, found.qs, ROUND, query=of(request, cycle=cycle.pk)),
        "budgets": summary.budgets_of(cycle, rows),
        "left_out": summary.left_out_of(rows),
        "matrix": matrix,
        "positions": list(PayPosition),
        "groups": summary.groups_of(rows),
        "to_approve": to_approve if cycle.state == RewardState.RECOMMENDED else 0,
        "waits_for_others": cycle.state == RewardState.RECOMMENDED and not to_approve,
        "may_change": cycle.state in steps.CHANGEABLE,
        "job": _job(request, cycle),
        "payroll_query": f"cycle={cycle.pk}",
    }
    return render_list(request, "talent/rewards/cycle_detail.html", context)


@for_leaders
@require_http_methods(["GET", "POST"])
def reward_guideline_edit(request: PageRequest, pk: int) -> HttpResponse:
    """The matrix of rating and position in the range."""
    cycle = _cycle(request, pk, "talent.edit_reward_cycle")
    form = GuidelineForm(request.POST or None, cycle=cycle, labels=summary.labels_of(cycle, request.user))
    return form_page(
        request,
        form,
        lambda fields: steps.set_guideline(cycle, by=request.user, percents=form.percents),
        done=_("The guideline is saved."),
        back=cycle.get_absolute_url(),
        template="talent/rewards/guideline.html",
        cycle=cycle,
        positions=list(PayPosition),
    )


@for_leaders
@require_POST
def reward_cycle_start(request: PageRequest, pk: int) -> HttpResponse:
    """Have the recommendations computed."""
    cycle = _cycle(request, pk, "talent.start_reward_cycle")
    return step(
        request,
        lambda: steps.start_reward_cycle(cycle, by=request.user),
        done=_("The recommendations are being computed."),
        back=cycle.get_absolute_url(),
    )


@for_leaders
@require_POST
def merit_approve(request: PageRequest, pk: int) -> HttpResponse:
    """Approve what this person may approve."""
    cycle = _cycle(request, pk, "talent.approve_merit")
    try:
        n = steps.approve_merit(cycle, by=request.user)
    except ActionError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, ngettext("%d increase was approved.", "%d increases were approved.", n) % n)
    return redirect(cycle)


@for_leaders
@require_POST
def merit_export(request: PageRequest, pk: int) -> HttpResponse:
    """Hand the approved amounts to payroll, once; the file is written in the background."""
    cycle = _cycle(request, pk, "talent.export_merit")
    try:
        steps.mark_exported(cycle, by=request.user)
    except ActionError as refusal:
        messages.error(request, refusal.message)
        return redirect(cycle)
    query = request.GET.copy()
    query["cycle"] = str(cycle.pk)
    return redirect("home:job_detail", export_later(PAYROLL, by=request.user, query=query, format="csv").pk)


@for_leaders
@require_http_methods(["GET", "POST"])
def merit_decide(request: PageRequest, pk: int) -> HttpResponse:
    """One person: all that the recommendation follows from, and the form to decide otherwise."""
    rows = MeritRecommendation.objects.with_people().select_related("cycle")
    row = get_for_user(rows, request.user, "talent.decide_merit" if request.method == "POST" else None, pk=pk)
    form = DecisionForm(request.POST or None, instance=row)
    lineage: dict[int, str] = {}
    for shown in collect("talent.rating_lineage", viewer_user=request.user, ratings=[row.rating] if row.rating else []):
        lineage |= shown
    return form_page(
        request,
        form,
        lambda fields: steps.decide_merit(row, by=request.user, **fields),
        done=_("Your decision is kept beside the recommendation."),
        back=row.cycle.get_absolute_url(),
        template="talent/rewards/merit_decide.html",
        row=row,
        lineage_url=lineage.get(row.rating_id or 0),
        stale=[StaleDatum.of(datum) for datum in row.rested_on_stale],
        may_decide=row.cycle.state == RewardState.RECOMMENDED and not row.left_out and row.approved_at is None,
    )


@for_leaders
@require_safe
def pay_list(request: PageRequest) -> HttpResponse:
    """The ranges in force, and for how many people pay is known."""
    today = timezone.localdate()
    ranges = PayRange.objects.visible_to(request.user).in_force(today).select_related("job")
    known = PayRecord.objects.visible_to(request.user).in_force(today).values("employee").order_by().distinct().count()
    context = {"page": window(request, ranges.order_by("job__name", "pk"), RANGES), "known": known}
    return render(request, "talent/rewards/pay_list.html", context)


@for_leaders
@require_http_methods(["GET", "POST"])
def pay_import(request: PageRequest) -> HttpResponse:
    """Pay as payroll has it."""
    return _import(request, importing.PAY)


@for_leaders
@require_http_methods(["GET", "POST"])
def pay_range_import(request: PageRequest) -> HttpResponse:
    """What each job pays."""
    return _import(request, importing.RANGES)


def _import(request: PageRequest, kind: importing.TableKind) -> HttpResponse:
    """Look at a table, line by line; sent again with `apply`, write it."""
    form, report = PayTableForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        form = PayTableForm({"text": text})
        form.is_valid()
        try:
            report = importing.take_in(kind, text, by=request.user, is_trial="apply" not in request.POST)
        except ActionError as refusal:
            form.add_error(None, refusal.message)
        else:
            if report.is_applied and not report.refused:
                n = len(report.changes)
                messages.success(request, ngettext("%d line was written.", "%d lines were written.", n) % n)
                return redirect("talent:pay_list")
    context = {"form": form, "report": report, "kind": kind}
    return render(request, "talent/rewards/import.html", context, status=422 if form.errors else 200)


def _cycle(request: PageRequest, pk: int, permission: str) -> RewardCycle:
    return get_for_user(RewardCycle.objects.all(), request.user, permission, pk=pk)


def _job(request: PageRequest, cycle: RewardCycle) -> Job | None:
    """The work in the background, while it is or where it failed."""
    if cycle.state != RewardState.COMPUTING or cycle.job_id is None:
        return None
    return Job.objects.filter(pk=cycle.job_id).first()
