"""The overview of talent, its figures, and what is to be looked at again."""

import datetime
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, render_list
from hrportal.common.paging import window
from hrportal.common.pdf import pdf_response
from hrportal.journal.models import Job
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.viewer import Principal
from talent import actions
from talent.bench import is_stale
from talent.enums import Datum
from talent.filters import RefreshTaskFilter
from talent.forms.metrics import MetricsForm
from talent.metrics.report import Report
from talent.models import RefreshTask, SuccessionPlan, TalentMetrics, Vacancy
from talent.overview.lists import TASKS
from talent.overview.steps import steps_of
from talent.rules.metrics import READERS

STAYS_CURRENT = datetime.timedelta(days=30)
MOST_EARLIER = 12


@access(roles=READERS)
@require_safe
def overview(request: PageRequest) -> HttpResponse:
    """Minimum viable talent management: three things, done or not; beside them the figures and what is out of date."""
    return render(request, "talent/overview.html", _overview(request))


@access(roles=READERS)
@require_safe
def overview_pdf(request: PageRequest) -> HttpResponse:
    """The same on one page of paper."""
    today = timezone.localdate()
    return pdf_response(
        request,
        "talent/overview_pdf.html",
        _overview(request) | {"today": today},
        title=f"talent-overview-{today.isoformat()}",
        page_url=reverse("talent:overview"),
    )


def _overview(request: PageRequest) -> dict[str, Any]:
    today, user = timezone.localdate(), request.user
    latest = TalentMetrics.objects.visible_to(user).computed().with_subject().filter(org_unit=None).first()
    return {
        "steps": steps_of(user, latest, today),
        "metrics": latest,
        "report": Report(latest, request.user) if latest else None,
        "freshness": _freshness(latest),
        "stale": _stale(user, today),
        "vacancies": Vacancy.objects.visible_to(user).open().critical().count(),
    }


def _stale(user: Principal, today: datetime.date) -> dict[str, int]:
    """How much is out of date, of what this reader sees."""
    tasks = RefreshTask.objects.visible_to(user).open().order_by()
    counted = tasks.aggregate(
        potential=Count("pk", filter=Q(kind=Datum.POTENTIAL)), flight_risk=Count("pk", filter=Q(kind=Datum.FLIGHT_RISK))
    )
    return counted | {"benches": SuccessionPlan.objects.visible_to(user).active().filter(is_stale(today)).count()}


@access(roles=READERS)
@require_safe
def metrics_detail(request: PageRequest, pk: int) -> HttpResponse:
    """The figures of one day, or how far their computation is."""
    metrics = get_for_user(TalentMetrics.objects.with_subject(), request.user, pk=pk)
    return _metrics_page(request, metrics, MetricsForm(user=request.user, initial={"org_unit": metrics.org_unit}))


@access(roles=READERS)
@require_POST
def metrics_start(request: PageRequest) -> HttpResponse:
    """Have figures computed; the page fills by itself when they are there."""
    form = MetricsForm(request.POST, user=request.user)
    if form.is_valid():
        try:
            job = actions.start_metrics(by=request.user, **form.cleaned_data)
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            return redirect("talent:metrics_detail", job.params["metrics"])
    return _metrics_page(request, None, form, status=422)


def _metrics_page(
    request: PageRequest, metrics: TalentMetrics | None, form: MetricsForm, status: int = 200
) -> HttpResponse:
    earlier = TalentMetrics.objects.visible_to(request.user).computed().with_subject()
    context: dict[str, Any] = {"metrics": metrics, "form": form, "earlier": earlier[:MOST_EARLIER]}
    if metrics and metrics.computed_at:
        context |= {
            "report": Report(metrics, request.user),
            "freshness": _freshness(metrics),
            "export_query": f"metrics={metrics.pk}",
        }
    elif metrics and metrics.job_id:
        context["job"] = Job.objects.visible_to(request.user).filter(pk=metrics.job_id).first()
    return render(request, "talent/metrics_detail.html", context, status=status)


def _freshness(metrics: TalentMetrics | None) -> str:
    if metrics is None or metrics.computed_at is None:
        return "unknown"
    return "stale" if metrics.computed_at < timezone.now() - STAYS_CURRENT else "fresh"


@access(roles=HR_ROLES | {Role.EMPLOYEE})
@require_safe
def refresh_task_list(request: PageRequest) -> HttpResponse:
    """What is out of date and waits to be looked at again: one's own first."""
    tasks = RefreshTask.objects.visible_to(request.user).open().with_subject()
    found = RefreshTaskFilter(request.GET, tasks, request=request)
    page = window(request, found.qs, TASKS)
    context = {"filter": found, "page": page, "rows": _with_links(page.rows), "today": timezone.localdate()}
    return render_list(request, "talent/refresh_task_list.html", context, part="rows")


def _with_links(tasks: Any) -> list[dict[str, Any]]:
    """Each task with where it is done."""
    return [{"task": task, "url": _where(task)} for task in tasks]


def _where(task: RefreshTask) -> str:
    if task.plan_id:
        return reverse("talent:bench_detail", args=[task.plan_id])
    if task.kind == Datum.FLIGHT_RISK:
        return reverse("talent:retention_person", args=[task.employee_id])
    return reverse("talent:potential_assess", args=[task.employee_id])
