"""Exits: the list, one leaving with what was known before, its review, and what all of them teach."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import form_page
from hrportal.common.paging import window
from hrportal.people.enums import HR_ROLES
from talent.actions import exits as steps
from talent.filters.retention import ExitFilter
from talent.forms.retention import AnalysisForm, ExitReviewForm
from talent.models import Exit
from talent.retention.figures import ExitReport, Tally, exit_report
from talent.retention.foresight import LOOK_BACK
from talent.retention.lists import EXITS
from talent.retention.looks import look_at
from talent.scores.rates import Interval
from talent.views.retention import READERS, form_view


@access(roles=READERS)
@require_safe
def exit_list(request: PageRequest) -> HttpResponse:
    """Who left, newest first."""
    rows = Exit.objects.visible_to(request.user).with_people()
    found = ExitFilter(request.GET, rows, request=request)
    context = {
        "filter": found,
        "page": window(request, found.qs.order_by("-left_on", "-pk"), EXITS),
        "tab": "exits",
        "is_hr": request.user.viewer.is_hr,
    }
    return render_list(request, "talent/retention/exit_list.html", context, part="rows")


@access(roles=READERS)
@require_safe
def exit_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One leaving: what was known, and what HR makes of it."""
    row = get_for_user(Exit.objects.with_people(), request.user, pk=pk)
    risk = row.risk if row.foreseen else None
    look_at([risk] if risk else [], by=request.user)
    context = {
        "row": row,
        "risk": risk,
        "days": LOOK_BACK.days,
        "may_review": request.user.has_perm("talent.review_exit", row),
    }
    return render(request, "talent/retention/exit_detail.html", context)


@access(roles=HR_ROLES)
@form_view
def exit_review(request: PageRequest, pk: int) -> HttpResponse:
    """Say whether the loss is regretted and what is learnt from it."""
    rows = Exit.objects.with_people().select_related("employee__org_unit")
    row = get_for_user(rows, request.user, "talent.review_exit", pk=pk)
    initial: dict[str, Any] = {"themes": row.themes, "note": row.review_note}
    if row.is_regretted is not None:
        initial["is_regretted"] = "yes" if row.is_regretted else "no"
    return form_page(
        request,
        ExitReviewForm(request.POST or None, initial=initial),
        lambda typed: steps.review_exit(row, by=request.user, **typed),
        done=_("Reviewed."),
        back=row.get_absolute_url(),
        back_label=str(row),
        title=_("Why %s left") % row.employee,
        submit=_("Save"),
    )


@access(roles=READERS)
@require_safe
def exit_analysis(request: PageRequest) -> HttpResponse:
    """What the exits of eight quarters teach, and how many high performers stay."""
    form = AnalysisForm(request.GET)
    unit = form.chosen_unit
    report = exit_report(request.user, unit, timezone.localdate())
    context = {
        "filter": {"form": form},
        "total": report.total,
        "shares": _shares(report.total),
        "quarters": [{"quarter": it, "kept": shown(it.kept), **_shares(it.tally)} for it in report.quarters],
        "parts": [{"unit": part, "tally": tally, **_shares(tally)} for part, tally in report.parts],
        "charts": [kept_chart(report), seen_chart(report)],
        "days": LOOK_BACK.days,
        "tab": "exits",
        "is_hr": request.user.viewer.is_hr,
    }
    return render(request, "talent/retention/exit_analysis.html", context)


def shown(share: Interval | None) -> dict[str, Any] | None:
    """A share with its interval, in per cent, and in words."""
    if share is None:
        return None
    low, high = 100 * share.low, 100 * share.high
    words = _("%(part)d of %(whole)d; %(low).0f to %(high).0f %%")
    values = {"part": share.successes, "whole": share.n, "low": low, "high": high}
    return {**values, "percent": 100 * share.share, "words": words % values}


def _shares(tally: Tally) -> dict[str, dict[str, Any] | None]:
    return {
        "seen": shown(tally.seen_coming),
        "planned": shown(tally.had_plan),
        "regretted": shown(tally.was_regretted),
    }


def kept_chart(report: ExitReport) -> dict[str, Any]:
    """High performers who stayed, quarter by quarter."""
    values = [None if quarter.kept is None else round(100 * quarter.kept.share, 1) for quarter in report.quarters]
    return _chart(report, _("High performers who stayed"), values)


def seen_chart(report: ExitReport) -> dict[str, Any]:
    """Leavers who were seen coming, quarter by quarter."""
    shares = [quarter.tally.seen_coming for quarter in report.quarters]
    return _chart(
        report, _("Seen coming"), [None if share is None else round(100 * share.share, 1) for share in shares]
    )


def _chart(report: ExitReport, label: str, values: list[float | None]) -> dict[str, Any]:
    return {
        "type": "line",
        "labels": [quarter.name for quarter in report.quarters],
        "series": [{"label": label, "values": values, "tone": "accent"}],
        "lowest": 0,
        "highest": 100,
        "percent": True,
    }
