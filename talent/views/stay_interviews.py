"""Stay interviews: planned by HR, written by whoever holds them, summed up for units."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError, StaleVersion
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import form_page, step
from hrportal.common.paging import window
from hrportal.people.enums import HR_ROLES, Role
from talent.actions import stay_interviews as steps
from talent.filters.retention import StayInterviewFilter
from talent.forms.retention import StayHoldForm, StayPlanForm, StayTemplateForm, StayWriteForm
from talent.models import RetentionSubjects, StayInterview, StayInterviewTemplate
from talent.retention.cells import FEWEST
from talent.retention.lists import TALKS, TEMPLATES
from talent.retention.themes import themes_for
from talent.views.retention import READERS, form_view, person_url

SOMEBODY = {Role.EMPLOYEE, *HR_ROLES}


@access(roles=SOMEBODY)
@require_safe
def stay_interview_list(request: PageRequest) -> HttpResponse:
    """Talks one holds or looks after, what comes next first."""
    rows = StayInterview.objects.visible_to(request.user).with_people()
    found = StayInterviewFilter(request.GET, rows, request=request)
    context = {
        "filter": found,
        "page": window(request, found.qs.order_by("-planned_on", "-pk"), TALKS),
        "today": timezone.localdate(),
        "tab": "talks",
        "is_hr": request.user.viewer.is_hr,
        "reads_themes": bool(READERS & request.user.viewer.roles),
    }
    return render_list(request, "talent/retention/talk_list.html", context, part="rows")


@access(roles=SOMEBODY)
@require_safe
def stay_interview_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One talk: to write while it is planned, to read afterwards."""
    return _show(request, _talk(request, pk))


@access(roles=SOMEBODY)
@require_POST
def stay_interview_write(request: PageRequest, pk: int) -> HttpResponse:
    """What was said, saved by a button."""
    talk = _talk(request, pk, "talent.write_stay_interview")
    form = StayWriteForm(request.POST, interview=talk)
    if not form.is_valid():
        return _show(request, talk, write_form=form)
    try:
        steps.write_stay_interview(talk, by=request.user, **form.given())
    except StaleVersion as stale:
        return _conflict(request, talk, form, stale)
    except ActionError as refusal:
        put_on_form(form, refusal)
        return _show(request, talk, write_form=form)
    messages.success(request, _("Saved."))
    return redirect(talk)


@access(roles=SOMEBODY)
@require_POST
def stay_interview_save(request: PageRequest, pk: int) -> JsonResponse:
    """Where the form saves by itself while somebody writes."""
    talk = _talk(request, pk, "talent.write_stay_interview")
    form = StayWriteForm(request.POST, interview=talk)
    if not form.is_valid():
        return JsonResponse({"message": str(next(iter(form.errors.values()))[0])}, status=422)
    try:
        saved = steps.write_stay_interview(talk, by=request.user, **form.given())
    except StaleVersion as stale:
        theirs = StayWriteForm.stored(StayInterview.objects.get(pk=talk.pk))
        return JsonResponse({"version": stale.version, "theirs": theirs, "message": stale.message}, status=409)
    except ActionError as refusal:
        return JsonResponse({"message": refusal.message}, status=422)
    return JsonResponse({"version": saved.revision, "saved_at": saved.updated_at.isoformat()})


@access(roles=SOMEBODY)
@require_POST
def stay_interview_hold(request: PageRequest, pk: int) -> HttpResponse:
    """The talk took place."""
    talk = _talk(request, pk, "talent.hold_stay_interview")
    form = StayHoldForm(request.POST)
    if not form.is_valid():
        return _show(request, talk, hold_form=form)
    try:
        steps.hold_stay_interview(talk, by=request.user, **form.cleaned_data)
    except ActionError as refusal:
        put_on_form(form, refusal)
        return _show(request, talk, hold_form=form)
    messages.success(request, _("Finished. What was said stays as it is."))
    return redirect(talk)


@access(roles=HR_ROLES)
@require_POST
def stay_interview_cancel(request: PageRequest, pk: int) -> HttpResponse:
    talk = _talk(request, pk, "talent.cancel_stay_interview")
    return step(
        request,
        lambda: steps.cancel_stay_interview(talk, by=request.user),
        done=_("Cancelled."),
        back=talk.get_absolute_url(),
    )


@access(roles=HR_ROLES)
@form_view
def stay_interview_plan(request: PageRequest, pk: int) -> HttpResponse:
    """Ask somebody to hold a stay interview."""
    employee = get_for_user(RetentionSubjects(), request.user, "talent.plan_stay_interview", pk=pk)
    return form_page(
        request,
        StayPlanForm(request.POST or None, employee=employee, user=request.user),
        lambda typed: steps.plan_stay_interview(employee, by=request.user, **typed),
        done=_("Planned. Whoever holds the talk finds it among their work."),
        back=person_url(employee.pk),
        back_label=employee.name,
        title=_("Stay interview with %s") % employee,
        lead=_(
            "The person hears of it from whoever holds the talk, and who reads what is written down: that one and HR."
        ),
        submit=_("Plan"),
    )


@access(roles=READERS)
@require_safe
def stay_themes(request: PageRequest) -> HttpResponse:
    """What the talks brought up, for units with enough people."""
    periods = themes_for(request.user, timezone.localdate())
    context = {"periods": periods, "fewest": FEWEST, "tab": "talks", "is_hr": request.user.viewer.is_hr}
    context["back"] = reverse("talent:stay_interview_list")
    return render(request, "talent/retention/themes.html", context)


@access(roles=HR_ROLES)
@require_safe
def stay_template_list(request: PageRequest) -> HttpResponse:
    """The sets of questions."""
    rows = StayInterviewTemplate.objects.visible_to(request.user)
    context = {"page": window(request, rows, TEMPLATES), "tab": "talks", "is_hr": True}
    return render(request, "talent/retention/template_list.html", context)


@access(roles=HR_ROLES)
@form_view
def stay_template_add(request: PageRequest) -> HttpResponse:
    return _template(request, None)


@access(roles=HR_ROLES)
@form_view
def stay_template_edit(request: PageRequest, pk: int) -> HttpResponse:
    rows = StayInterviewTemplate.objects.all()
    return _template(request, get_for_user(rows, request.user, "talent.save_stay_template", pk=pk))


def _template(request: PageRequest, template: StayInterviewTemplate | None) -> HttpResponse:
    # The form writes what was typed onto its own copy; the action reads the row again.
    form = StayTemplateForm(request.POST or None, instance=template)
    return form_page(
        request,
        form,
        lambda typed: steps.save_stay_template(template, by=request.user, **typed),
        done=_("Saved. Talks that are planned already keep the questions they have."),
        back=reverse("talent:stay_template_list"),
        back_label=_("Questions for stay interviews"),
        title=_("Questions for stay interviews"),
        submit=_("Save"),
    )


def _talk(request: PageRequest, pk: int, permission: str | None = None) -> StayInterview:
    rows = StayInterview.objects.with_people().select_related("employee__org_unit", "employee__manager", "template")
    return get_for_user(rows, request.user, permission, pk=pk)


def _show(request: PageRequest, talk: StayInterview, **refused: Any) -> HttpResponse:
    """The page; forms that were refused come back with what was typed."""
    may_write = talk.is_planned and request.user.has_perm("talent.write_stay_interview", talk)
    context = {
        "talk": talk,
        "may_write": may_write,
        "may_cancel": talk.is_planned and request.user.has_perm("talent.cancel_stay_interview", talk),
        "write_form": StayWriteForm(interview=talk) if may_write else None,
        "hold_form": StayHoldForm() if may_write else None,
        "is_reader": RetentionSubjects().visible_to(request.user).filter(pk=talk.employee_id).exists(),
    }
    return render(request, "talent/retention/talk_detail.html", context | refused, status=422 if refused else 200)


def _conflict(request: PageRequest, talk: StayInterview, form: StayWriteForm, stale: StaleVersion) -> HttpResponse:
    """Both texts, side by side; what was typed is sent again on top of what is stored, if the writer says so."""
    stored = StayWriteForm.stored(StayInterview.objects.get(pk=talk.pk))
    mine = {name: form.cleaned_data.get(name, "") for name in stored}
    pairs = [
        {"label": form[name].label, "mine": mine[name], "theirs": stored[name]}
        for name in stored
        if mine[name] != stored[name]
    ]
    context = {"talk": talk, "pairs": pairs, "mine": mine.items(), "version": stale.version}
    return render(request, "talent/retention/talk_conflict.html", context, status=409)
