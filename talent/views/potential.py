"""Pages about potential: forms to write, assessments, rounds, and whether potential is told apart from performance."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError, StaleVersion
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import form_page, step
from hrportal.common.paging import of, window
from hrportal.journal.models import Job
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent import actions
from talent.filters.potential import AssessmentFilter
from talent.forms.potential import AssessForm, QuestionnaireForm, RaterForm, RoundForm, fields_of
from talent.freshness import POTENTIAL_RULE
from talent.models import PotentialAssessment, PotentialForm, PotentialRound
from talent.potential.lists import ASSESSMENTS, FORMS, ROUNDS
from talent.potential.population import population_of
from talent.potential.separation import separation_for
from talent.potential.shown import explain
from talent.scores.correlation import ENOUGH_PAIRS, WARN_ABOVE
from talent.views.profiles import READERS

SOMEBODY = {Role.EMPLOYEE, *HR_ROLES}
NAMED = 12


@access(roles=SOMEBODY)
@require_safe
def potential_form_list(request: PageRequest) -> HttpResponse:
    """What one is asked about others, and what one said."""
    forms = PotentialForm.objects.own(request.user).with_people().order_by("-assessment__as_of", "-pk")
    context = {
        "to_write": forms.to_write().order_by("assessment__due_on", "pk"),
        "page": window(request, forms.filter(state="submitted"), FORMS),
        "tabs": tabs_for(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "talent/potential_form_list.html", context)


@access(roles=SOMEBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def potential_form_write(request: PageRequest, pk: int) -> HttpResponse:
    """The questionnaire. What was submitted is read only, by its rater too."""
    row = _own_form(request, pk)
    if request.method == "POST":
        return _store(request, row)
    if not row.is_to_write:
        return render(request, "talent/potential_form_read.html", {"row": row, "sections": _said(row)})
    return _show(request, row, QuestionnaireForm(row))


@access(roles=SOMEBODY)
@require_POST
def potential_form_save(request: PageRequest, pk: int) -> JsonResponse:
    """Where the questionnaire saves by itself."""
    row = _own_form(request, pk)
    form = QuestionnaireForm(row, request.POST)
    if not form.is_valid():
        return JsonResponse({"message": next(iter(form.errors.values()))[0]}, status=422)
    try:
        saved = actions.save_potential_form(row, by=request.user, **form.changes)
    except StaleVersion as stale:
        theirs = fields_of(**stale.theirs)
        return JsonResponse({"version": stale.version, "theirs": theirs, "message": stale.message}, status=409)
    except ActionError as refusal:
        return JsonResponse({"message": refusal.message}, status=422)
    return JsonResponse({"version": saved.version, "saved_at": saved.saved_at.isoformat() if saved.saved_at else None})


def _store(request: PageRequest, row: PotentialForm) -> HttpResponse:
    form = QuestionnaireForm(row, request.POST)
    if not form.is_valid():
        return _show(request, row, form, status=422)
    is_submit = request.POST.get("step") == "submit"
    try:
        actions.save_potential_form(row, by=request.user, **form.changes)
        if is_submit:
            actions.submit_potential_form(row, by=request.user)
    except StaleVersion as stale:
        return _on_top(request, row, stale)
    except ActionError as refusal:
        row.refresh_from_db()
        again = _with_version(row, request, row.version)
        form.add_error(None, refusal.message)
        return _show(request, row, again, errors=form, status=422)
    messages.success(request, _("Submitted. Thank you.") if is_submit else _("Saved."))
    return redirect(
        "talent:potential_form_list" if is_submit else reverse("talent:potential_form_write", args=[row.pk])
    )


def _on_top(request: PageRequest, row: PotentialForm, stale: StaleVersion) -> HttpResponse:
    """What was typed stays in the fields; saving once more puts it in the place of what was saved elsewhere, shown above."""
    form = _with_version(row, request, stale.version)
    form.is_valid()
    form.add_error(None, stale.message)
    row.refresh_from_db()
    return _show(request, row, form, theirs=_said(row), status=409)


def _with_version(row: PotentialForm, request: PageRequest, version: int) -> QuestionnaireForm:
    data = request.POST.copy()
    data["version"] = str(version)
    return QuestionnaireForm(row, data)


def _show(
    request: PageRequest,
    row: PotentialForm,
    form: QuestionnaireForm,
    *,
    errors: QuestionnaireForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "row": row,
        "form": form,
        "errors": errors or form,
        "may_name": request.user.has_perm("talent.name_potential_rater", row.assessment),
        **more,
    }
    return render(request, "talent/potential_form_write.html", context, status=status)


def _said(row: PotentialForm) -> list[dict[str, Any]]:
    """The answers of one form, in the order of the questionnaire."""
    form = QuestionnaireForm(row)
    return [
        {
            "dimension": section.dimension.label,
            "answers": [(behaviour, row.answers.get(behaviour.key)) for behaviour, _field in questions],
            "evidence": row.evidence.get(section.dimension, ""),
        }
        for section, questions, _evidence in form.sections()
    ]


@access(roles=SOMEBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def potential_colleague_name(request: PageRequest, pk: int) -> HttpResponse:
    """A manager above, who is a rater, names another; whether others already were is not told."""
    row = _own_form(request, pk)
    if not request.user.has_perm("talent.name_potential_rater", row.assessment):
        raise PermissionDenied
    return _name(request, row.assessment, back=reverse("talent:potential_form_write", args=[row.pk]))


@access(roles=HR_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def potential_rater_name(request: PageRequest, pk: int) -> HttpResponse:
    assessment = get_for_user(_assessments(), request.user, "talent.name_potential_rater", pk=pk)
    return _name(request, assessment, back=_assessment_url(assessment))


def _name(request: PageRequest, assessment: PotentialAssessment, *, back: str) -> HttpResponse:
    search = request.GET.get("q", "").replace("\x00", "")
    form = RaterForm(request.POST or None, assessment=assessment, search=search)
    return form_page(
        request,
        form,
        lambda typed: actions.name_potential_rater(assessment, by=request.user, **typed),
        done=_("Asked."),
        back=back,
        template="talent/potential_rater_name.html",
        assessment=assessment,
        search=search,
    )


@access(roles=HR_ROLES)
@require_POST
def potential_rater_withdraw(request: PageRequest, pk: int) -> HttpResponse:
    """Ask a rater no longer. Found through the assessment: a draft itself is its author's alone."""
    asked = PotentialForm.objects.filter(pk=pk).values("assessment")
    assessment = get_for_user(_assessments(), request.user, "talent.name_potential_rater", pk__in=asked)
    row = PotentialForm.objects.get(pk=pk)
    return step(
        request,
        lambda: actions.withdraw_potential_rater(row, by=request.user),
        done=_("This person is no longer asked."),
        back=_assessment_url(assessment),
    )


@access(roles=READERS)
@require_safe
def potential_assessment_list(request: PageRequest) -> HttpResponse:
    """Assessments one may see, newest first, with how many forms are in."""
    rows = PotentialAssessment.objects.visible_to(request.user).with_progress()
    rows = rows.select_related("employee__job", "employee__org_unit", "round").order_by("-as_of", "-pk")
    found = AssessmentFilter(request.GET, rows, request=request)
    page = window(request, found.qs, ASSESSMENTS)
    unbiased = PotentialAssessment.objects.filter(pk__in=[row.pk for row in page.rows]).unbiased_for(request.user)
    context = {
        "filter": found,
        "page": page,
        "unbiased": set(unbiased.values_list("pk", flat=True)),
        "rule": POTENTIAL_RULE,
        "tabs": tabs_for(request.user),
        "may_launch": request.user.has_perm("talent.launch_potential_round"),
    }
    return render_list(request, "talent/potential_assessment_list.html", context, part="rows")


@access(roles=READERS)
@require_safe
def potential_assessment_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One assessment: raters, how far they lie apart, and the level step by step."""
    assessment = get_for_user(_assessments().with_progress(), request.user, pk=pk)
    may = request.user.has_perm("talent.close_potential_assessment", assessment)
    context = {
        "assessment": assessment,
        "shown": explain(assessment, request.user, timezone.localdate()),
        "raters": assessment.forms.select_related("rater") if may else [],
        "may_manage": may,
        "rule": POTENTIAL_RULE,
    }
    return render(request, "talent/potential_assessment_detail.html", context)


@access(roles=HR_ROLES)
@require_POST
def potential_assessment_close(request: PageRequest, pk: int) -> HttpResponse:
    assessment = get_for_user(_assessments(), request.user, "talent.close_potential_assessment", pk=pk)
    return step(
        request,
        lambda: actions.close_potential_assessment(assessment, by=request.user),
        done=_("Closed. What was submitted counts."),
        back=_assessment_url(assessment),
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def potential_assess(request: PageRequest, pk: int) -> HttpResponse:
    """Have one person's potential assessed."""
    people = Employee.objects.select_related("org_unit")
    employee = get_for_user(people, request.user, "talent.open_potential_assessment", pk=pk)
    form = AssessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.open_potential_assessment(employee, by=request.user, **form.cleaned_data)
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            messages.success(request, _("The manager is asked. Name at least one more rater."))
            return redirect(_assessment_url(opened))
    context = {
        "form": form,
        "title": _("Assess the potential of %s") % employee,
        "lead": _("An older assessment that is still open is closed; what was submitted in it counts."),
        "submit": _("Ask the manager"),
        "back": reverse("talent:potential_assessment_list"),
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)


@access(roles=HR_ROLES)
@require_safe
def potential_round_list(request: PageRequest) -> HttpResponse:
    """Rounds, newest first."""
    rounds = PotentialRound.objects.visible_to(request.user).select_related("launched_by")
    context = {"page": window(request, rounds, ROUNDS), "tabs": tabs_for(request.user)}
    return render(request, "talent/potential_round_list.html", context)


@access(roles=HR_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def potential_round_launch(request: PageRequest) -> HttpResponse:
    """Say whom a round is about; look at who that is; launch it."""
    if not request.user.has_perm("talent.launch_potential_round"):
        raise PermissionDenied
    form = RoundForm(request.POST or None, initial={"as_of": timezone.localdate()})
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("step") == "launch":
            return _launch(request, form)
        people = population_of(form.scope, request.user.viewer)
        shown = people.select_related("job", "org_unit", "manager")[:NAMED]
        context |= {"count": people.count(), "without_manager": people.filter(manager=None).count(), "people": shown}
    return render(request, "talent/potential_round_launch.html", context, status=422 if form.errors else 200)


def _launch(request: PageRequest, form: RoundForm) -> HttpResponse:
    typed = {name: form.cleaned_data[name] for name in ("name", "as_of", "due_on")}
    try:
        round_ = actions.launch_potential_round(by=request.user, scope=form.scope, **typed)
    except ActionError as refusal:
        put_on_form(form, refusal)
        return render(request, "talent/potential_round_launch.html", {"form": form}, status=422)
    messages.success(request, _("Launched. Raters are told once everything is ready."))
    return redirect("talent:potential_round_detail", round_.pk)


@access(roles=HR_ROLES)
@require_safe
def potential_round_detail(request: PageRequest, pk: int) -> HttpResponse:
    """How far a round is, as far as this reader sees the people in it."""
    round_ = get_for_user(PotentialRound.objects.select_related("launched_by"), request.user, pk=pk)
    rows = PotentialAssessment.objects.visible_to(request.user).filter(round=round_)
    forms = PotentialForm.objects.filter(assessment__in=rows.values("pk"))
    context = {
        "round": round_,
        "job": Job.objects.visible_to(request.user).filter(pk=round_.job_id or 0).first(),
        "total": rows.count(),
        "known": rows.known().count(),
        "submitted": forms.filter(state="submitted").count(),
        "asked": forms.exclude(state="withdrawn").count(),
        "page": window(
            request,
            rows.select_related("employee__job", "employee__org_unit").with_progress().order_by(F("submitted"), "pk"),
            ASSESSMENTS,
            query=of(request, round=pk),
        ),
        "may_close": round_.state == "open" and request.user.has_perm("talent.close_potential_round", round_),
    }
    return render(request, "talent/potential_round_detail.html", context)


@access(roles=HR_ROLES)
@require_POST
def potential_round_close(request: PageRequest, pk: int) -> HttpResponse:
    round_ = get_for_user(PotentialRound.objects.all(), request.user, "talent.close_potential_round", pk=pk)
    return step(
        request,
        lambda: actions.close_potential_round(round_, by=request.user),
        done=_("The round is closed. What was submitted counts."),
        back=reverse("talent:potential_round_detail", args=[round_.pk]),
    )


@access(roles=HR_ROLES)
@require_safe
def potential_separation(request: PageRequest) -> HttpResponse:
    """Whether potential is told apart from performance, over everybody one sees."""
    found, count = separation_for(request.user, timezone.localdate())
    context = {
        "found": found,
        "count": count,
        "enough": ENOUGH_PAIRS,
        "warn_above": WARN_ABOVE,
        "tabs": tabs_for(request.user),
    }
    return render(request, "talent/potential_separation.html", context)


def tabs_for(user: Principal) -> list[tuple[str, Any]]:
    """The pages about potential that are open to this person."""
    viewer = user.viewer
    tabs = [("talent:potential_form_list", _("My forms"))]
    if viewer.roles & READERS:
        tabs.append(("talent:potential_assessment_list", _("Assessments")))
    if viewer.roles & HR_ROLES:
        tabs += [
            ("talent:potential_round_list", _("Rounds")),
            ("talent:potential_separation", _("Performance and potential")),
        ]
    if viewer.roles & READERS:
        tabs.append(("talent:pool_list", _("Pools")))
    return [(reverse(route), label) for route, label in tabs]


def _own_form(request: PageRequest, pk: int) -> PotentialForm:
    return get_for_user(PotentialForm.objects.with_people(), request.user, "talent.save_potential_form", pk=pk)


def _assessments() -> Any:
    return PotentialAssessment.objects.select_related("employee__job", "employee__org_unit", "round")


def _assessment_url(assessment: PotentialAssessment) -> str:
    return reverse("talent:potential_assessment_detail", args=[assessment.pk])
