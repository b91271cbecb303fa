"""The readiness audit: asking for it, reading it, keeping it."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from calibration.actions import start_readiness_audit
from calibration.forms.readiness import ReadinessForm
from calibration.models import ReadinessAudit
from calibration.readiness.answers import Report
from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from hrportal.common.pdf import pdf_response
from hrportal.journal.models import Job
from hrportal.people.enums import HR_ROLES

STAYS_CURRENT = datetime.timedelta(days=30)
MOST_EARLIER = 12


@access(roles=HR_ROLES)
@require_safe
def readiness(request: PageRequest) -> HttpResponse:
    """The latest audit, or why there is none and how to have one made."""
    audit = ReadinessAudit.objects.visible_to(request.user).with_subject().computed().first()
    return _page(request, audit, ReadinessForm(user=request.user, initial=_subject(audit)))


@access(roles=HR_ROLES)
@require_safe
def readiness_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One audit, of today or of long ago."""
    audit = _audit(request, pk)
    return _page(request, audit, ReadinessForm(user=request.user, initial=_subject(audit)))


@access(roles=HR_ROLES)
@require_POST
def readiness_start(request: PageRequest) -> HttpResponse:
    """Have one computed; the page fills by itself when it is there."""
    form = ReadinessForm(request.POST, user=request.user)
    if form.is_valid():
        try:
            job = start_readiness_audit(by=request.user, **form.cleaned_data)
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            return redirect("calibration:readiness_detail", job.params["audit"])
    return _page(request, None, form, status=422)


@access(roles=HR_ROLES)
@require_safe
def readiness_pdf(request: PageRequest, pk: int) -> HttpResponse:
    """The audit on paper."""
    audit = get_for_user(ReadinessAudit.objects.with_subject().computed(), request.user, pk=pk)
    title = _("Readiness audit %s") % timezone.localtime(audit.computed_at).date().isoformat()
    context = {"report": Report(audit), "audit": audit}
    return pdf_response(
        request, "calibration/readiness_pdf.html", context, title=title, page_url=audit.get_absolute_url()
    )


def _audit(request: PageRequest, pk: int) -> ReadinessAudit:
    return get_for_user(ReadinessAudit.objects.with_subject(), request.user, pk=pk)


def _subject(audit: ReadinessAudit | None) -> dict[str, Any]:
    return {"cycle": audit.cycle_id, "org_unit": audit.org_unit} if audit else {}


def _page(request: PageRequest, audit: ReadinessAudit | None, form: ReadinessForm, status: int = 200) -> HttpResponse:
    earlier = ReadinessAudit.objects.visible_to(request.user).computed().with_subject()
    context: dict[str, Any] = {"audit": audit, "form": form, "earlier": earlier[:MOST_EARLIER]}
    if audit and audit.computed_at:
        is_old = audit.computed_at < timezone.now() - STAYS_CURRENT
        context |= {
            "report": Report(audit),
            "freshness": "stale" if is_old else "fresh",
            "export_query": f"audit={audit.pk}",
        }
    elif audit and audit.job_id:
        context["job"] = Job.objects.visible_to(request.user).filter(pk=audit.job_id).first()
    return render(request, "calibration/readiness.html", context, status=status)
