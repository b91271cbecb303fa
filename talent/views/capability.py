"""Pages of what the organisation will need: headcount, gaps by unit or family, the strategy of a family."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import form_page, step
from hrportal.common.paging import window
from hrportal.journal.models import Job as BackgroundJob
from hrportal.people.slots import collect
from talent.actions import headcount
from talent.filters.skills import ForecastFilter
from talent.forms.skills import AnalysisForm, ForecastForm, ForecastNumberForm, ForecastTableForm
from talent.models import GapAnalysis, HeadcountForecast
from talent.skills.forecasts import seeds_of
from talent.skills.lists import FORECASTS
from talent.skills.report import AnalysisReport
from talent.skills.strategy import families, strategy_of
from talent.views.skills import ANSWERABLE, HR, READERS, tabs_of

MOST_EARLIER = 10


@access(roles=ANSWERABLE)
@require_safe
def forecast_list(request: PageRequest) -> HttpResponse:
    """How many people are needed in which job by when."""
    rows = HeadcountForecast.objects.visible_to(request.user).with_names()
    found = ForecastFilter(request.GET, rows, request=request)
    page = window(request, found.qs, FORECASTS)
    may_add = request.user.has_perm("talent.add_forecast")
    context = {
        "tabs": tabs_of(request.user, "forecast_list"),
        "filter": found,
        "page": page,
        "rows": [
            {"forecast": row, "may_edit": request.user.has_perm("talent.edit_forecast", row)} for row in page.rows
        ],
        "may_add": may_add,
    }
    return render_list(request, "talent/forecast_list.html", context, part="rows")


@access(roles=HR)
@require_http_methods(["GET", "POST"])
def forecast_add(request: PageRequest) -> HttpResponse:
    return form_page(
        request,
        ForecastForm(request.POST or None),
        lambda typed: headcount.add_forecast(by=request.user, **typed),
        done=_("The forecast is kept."),
        back=reverse("talent:forecast_list"),
        back_label=_("Headcount forecasts"),
        title=_("Forecast a headcount"),
        submit=_("Save the forecast"),
    )


@access(roles=HR)
@require_http_methods(["GET", "POST"])
def forecast_edit(request: PageRequest, pk: int) -> HttpResponse:
    forecast = _forecast(request, pk, "talent.edit_forecast")
    words = {"job": forecast.job, "unit": forecast.org_unit or _("the whole company"), "day": forecast.on.isoformat()}
    return form_page(
        request,
        ForecastNumberForm(request.POST or None, initial={"number": forecast.number, "note": forecast.note}),
        lambda typed: headcount.edit_forecast(forecast, by=request.user, **typed),
        done=_("The forecast is changed."),
        back=reverse("talent:forecast_list"),
        back_label=_("Headcount forecasts"),
        title=_("Change a forecast"),
        lead=_("%(job)s in %(unit)s, by %(day)s") % words,
        submit=_("Save"),
    )


@access(roles=HR)
@require_POST
def forecast_remove(request: PageRequest, pk: int) -> HttpResponse:
    forecast = _forecast(request, pk, "talent.remove_forecast")
    return step(
        request,
        lambda: headcount.remove_forecast(forecast, by=request.user),
        done=_("The forecast is removed."),
        back=reverse("talent:forecast_list"),
    )


@access(roles=HR)
@require_http_methods(["GET", "POST"])
def forecast_import(request: PageRequest) -> HttpResponse:
    """Take in a table: all of it, or nothing and the line that makes no sense."""
    form = ForecastTableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            added, edited = headcount.import_forecasts(seeds_of(form.cleaned_data["text"]), by=request.user)
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            messages.success(request, _("New: %(added)d. Changed: %(edited)d.") % {"added": added, "edited": edited})
            return redirect("talent:forecast_list")
    context = {"form": form, "back": reverse("talent:forecast_list")}
    return render(request, "talent/forecast_import.html", context, status=422 if form.errors else 200)


def _forecast(request: PageRequest, pk: int, permission: str) -> HeadcountForecast:
    return get_for_user(HeadcountForecast.objects.with_names(), request.user, permission, pk=pk)


@access(roles=ANSWERABLE)
@require_safe
def gap_analysis(request: PageRequest) -> HttpResponse:
    """The latest analysis, or why there is none and how to have one made."""
    analysis = GapAnalysis.objects.visible_to(request.user).computed().with_subject().first()
    return _analysis_page(request, analysis, AnalysisForm(user=request.user, initial=_subject(analysis)))


@access(roles=ANSWERABLE)
@require_safe
def gap_analysis_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One analysis, of today or of long ago."""
    analysis = get_for_user(GapAnalysis.objects.with_subject(), request.user, pk=pk)
    return _analysis_page(request, analysis, AnalysisForm(user=request.user, initial=_subject(analysis)))


@access(roles=ANSWERABLE)
@require_POST
def gap_analysis_start(request: PageRequest) -> HttpResponse:
    """Have one computed; the page fills by itself when it is there."""
    form = AnalysisForm(request.POST, user=request.user)
    if form.is_valid():
        try:
            job = headcount.start_gap_analysis(by=request.user, **form.cleaned_data)
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            return redirect("talent:gap_analysis_detail", job.params["analysis"])
    return _analysis_page(request, None, form, status=422)


def _subject(analysis: GapAnalysis | None) -> dict[str, Any]:
    if analysis is None:
        return {}
    return {name: getattr(analysis, name) for name in ("org_unit", "until", "profile", "group_by")}


def _analysis_page(
    request: PageRequest, analysis: GapAnalysis | None, form: AnalysisForm, status: int = 200
) -> HttpResponse:
    earlier = GapAnalysis.objects.visible_to(request.user).computed().with_subject()
    context: dict[str, Any] = {
        "tabs": tabs_of(request.user, "gap_analysis"),
        "analysis": analysis,
        "form": form,
        "earlier": earlier[:MOST_EARLIER],
    }
    if analysis and analysis.computed_at:
        report = AnalysisReport(analysis)
        context |= {
            "report": report,
            "detail": report.row(request.GET.get("competency", "")),
            "freshness": report.freshness(timezone.now()),
            "export_query": f"analysis={analysis.pk}",
        }
    elif analysis and analysis.job_id:
        context["job"] = BackgroundJob.objects.visible_to(request.user).filter(pk=analysis.job_id).first()
    return render(request, "talent/gap_analysis.html", context, status=status)


@access(roles=READERS)
@require_safe
def strategy_list(request: PageRequest) -> HttpResponse:
    """Families of jobs: for which of them the strategy says what will be asked."""
    context = {"tabs": tabs_of(request.user, "strategy_list"), "rows": families(request.user)}
    return render(request, "talent/strategy_list.html", context)


@access(roles=READERS)
@require_safe
def strategy_detail(request: PageRequest) -> HttpResponse:
    """A family (`family` in the URL): the profile wanted in 24 months beside what its people can do today."""
    if not request.GET.get("family"):
        return redirect("talent:strategy_list")
    strategy = strategy_of(request.GET["family"], request.user)
    if strategy is None:
        raise Http404
    panels = collect("talent.strategy_steps", user=request.user, family=strategy.family, request=request)
    return render(request, "talent/strategy_detail.html", {"strategy": strategy, "panels": panels})
