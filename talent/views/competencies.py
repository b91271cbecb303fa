"""Pages of the library of competencies, of role profiles, and of those HR names as assessors."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.http import PageRequest, render_list
from hrportal.common.numbers import is_number
from hrportal.common.pages import form_page, step
from hrportal.common.paging import of, window
from hrportal.people.models import Competency, Job, RoleProfileEntry
from talent.actions import assessors, competencies
from talent.actions.competencies import ProfileLine
from talent.filters.skills import CompetencyLibraryFilter, RoleProfileFilter
from talent.forms.skills import AssessorForm, CompetencyForm, ProfileFormSet, profile_initial
from talent.models import RoleProfileRevision, SkillAssessor
from talent.skills.library_lists import ENTRIES, LIBRARY, PROFILES
from talent.skills.lists import ASSESSORS
from talent.skills.revisions import changes_of
from talent.skills.strategy import jobs_described
from talent.views.skills import HR, tabs_of

MOST_REVISIONS = 20


@access()
@require_safe
def competency_list(request: PageRequest) -> HttpResponse:
    """The shared library: what is asked of people, with how many jobs ask for it."""
    rows = Competency.objects.annotate(described=Count("levels"))
    found = CompetencyLibraryFilter(request.GET, rows.order_by("kind", "name", "pk"), request=request)
    page = window(request, found.qs, LIBRARY)
    asked = RoleProfileEntry.objects.filter(competency__in=[row.pk for row in page.rows]).order_by()
    jobs = dict(asked.values_list("competency").annotate(Count("pk")))
    context = {
        "tabs": tabs_of(request.user, "competency_list"),
        "filter": found,
        "page": page,
        "rows": [{"competency": row, "jobs": jobs.get(row.pk, 0)} for row in page.rows],
        "may_add": request.user.has_perm("talent.add_competency"),
    }
    return render_list(request, "talent/competency_list.html", context, part="rows")


@access()
@require_safe
def competency_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One competency: what each level looks like, and which jobs ask for which."""
    competency = get_object_or_404(Competency.objects.prefetch_related("levels"), pk=pk)
    entries = RoleProfileEntry.objects.filter(competency=competency).select_related("job").order_by("job__name", "pk")
    context = {
        "competency": competency,
        "page": window(request, entries, ENTRIES, query=of(request, competency=pk)),
        "may_edit": request.user.has_perm("talent.edit_competency", competency),
    }
    return render(request, "talent/competency_detail.html", context)


@access()
@require_http_methods(["GET", "POST"])
def competency_add(request: PageRequest) -> HttpResponse:
    _allow(request, "talent.add_competency")
    form = CompetencyForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda typed: competencies.add_competency(by=request.user, **form.values()),
        done=_("The competency is in the library."),
        back=reverse("talent:competency_list"),
        back_label=_("Library of competencies"),
        title=_("Add a competency"),
        submit=_("Add"),
    )


@access()
@require_http_methods(["GET", "POST"])
def competency_edit(request: PageRequest, pk: int) -> HttpResponse:
    competency = _competency(request, pk, "talent.edit_competency")
    form = CompetencyForm(request.POST or None, competency=competency)
    return form_page(
        request,
        form,
        lambda typed: competencies.edit_competency(competency, by=request.user, **form.values()),
        done=_("Saved."),
        back=reverse("talent:competency_detail", args=[competency.pk]),
        back_label=competency.name,
        title=_("Edit the competency %s") % competency,
        lead=_("What was assessed keeps its level; only the words change."),
        submit=_("Save"),
    )


@access()
@require_POST
def competency_archive(request: PageRequest, pk: int) -> HttpResponse:
    competency = _competency(request, pk, "talent.archive_competency")
    return step(
        request,
        lambda: competencies.archive_competency(competency, by=request.user),
        done=_("The competency is archived: nobody is asked for it, and what was said of it stays."),
        back=reverse("talent:competency_detail", args=[competency.pk]),
    )


@access()
@require_POST
def competency_restore(request: PageRequest, pk: int) -> HttpResponse:
    competency = _competency(request, pk, "talent.restore_competency")
    return step(
        request,
        lambda: competencies.restore_competency(competency, by=request.user),
        done=_("The competency is in use again."),
        back=reverse("talent:competency_detail", args=[competency.pk]),
    )


def _competency(request: PageRequest, pk: int, permission: str) -> Competency:
    competency = get_object_or_404(Competency.objects.prefetch_related("levels"), pk=pk)
    _allow(request, permission, competency)
    return competency


def _allow(request: PageRequest, permission: str, row: Any = None) -> None:
    if not request.user.has_perm(permission, row):
        raise PermissionDenied


@access()
@require_safe
def role_profile_list(request: PageRequest) -> HttpResponse:
    """What jobs ask for: every job, with how much its profile says."""
    jobs = jobs_described().order_by("family", "level", "name", "pk")
    found = RoleProfileFilter(request.GET, jobs, request=request)
    page = window(request, found.qs, PROFILES)
    context = {"tabs": tabs_of(request.user, "role_profile_list"), "filter": found, "page": page}
    return render_list(request, "talent/role_profile_list.html", context, part="rows")


@access()
@require_safe
def role_profile_detail(request: PageRequest, pk: int) -> HttpResponse:
    """What one job asks for today and in 24 months, and what was changed when."""
    job = get_object_or_404(Job, pk=pk)
    revisions = RoleProfileRevision.objects.visible_to(request.user).filter(job=job).select_related("changed_by")
    context = {
        "job": job,
        "entries": _entries(job),
        "export_query": f"job={pk}",
        "changes": changes_of(list(revisions[: MOST_REVISIONS + 1])),
        "may_edit": request.user.has_perm("talent.edit_role_profile", job),
    }
    return render(request, "talent/role_profile_detail.html", context)


@access()
@require_http_methods(["GET", "POST"])
def role_profile_edit(request: PageRequest, pk: int) -> HttpResponse:
    """The whole profile as one table."""
    job = get_object_or_404(Job, pk=pk)
    _allow(request, "talent.edit_role_profile", job)
    entries = _entries(job)
    used = [row.competency_id for row in entries]
    offered = Competency.objects.filter(Q(is_active=True) | Q(pk__in=used))
    formset = ProfileFormSet(
        request.POST or None, initial=profile_initial(entries), form_kwargs={"competencies": offered}
    )
    version = competencies.profile_version(job)
    if request.method == "POST" and formset.is_valid() and _write_profile(request, job, formset):
        return redirect("talent:role_profile_detail", job.pk)
    context = {"job": job, "formset": formset, "version": request.POST.get("version", version)}
    status = 422 if request.method == "POST" else 200
    return render(request, "talent/role_profile_edit.html", context, status=status)


def _write_profile(request: PageRequest, job: Job, formset: Any) -> bool:
    """Write what the table says; False, with the words on the table, where that is refused."""
    typed = [form.cleaned_data for form in formset.forms if form.cleaned_data.get("competency")]
    lines = [ProfileLine(**row | {"competency": row["competency"].pk}) for row in typed]
    version = request.POST.get("version", "")
    try:
        competencies.edit_role_profile(
            job, by=request.user, lines=lines, version=int(version) if is_number(version) else None
        )
    except ActionError as refusal:
        formset._non_form_errors = formset.error_class([refusal.message])
        return False
    messages.success(request, _("The role profile is saved."))
    return True


def _entries(job: Job) -> list[RoleProfileEntry]:
    rows = RoleProfileEntry.objects.filter(job=job).select_related("competency")
    return list(rows.order_by("competency__kind", "competency__name", "pk"))


@access(roles=HR)
@require_safe
def assessor_list(request: PageRequest) -> HttpResponse:
    """Whom HR named to assess, for which units and competencies."""
    rows = SkillAssessor.objects.visible_to(request.user).filter(ended_at=None).with_names()
    page = window(request, rows, ASSESSORS)
    context = {"tabs": tabs_of(request.user, "assessor_list"), "page": page}
    return render(request, "talent/assessor_list.html", context)


@access(roles=HR)
@require_http_methods(["GET", "POST"])
def assessor_name(request: PageRequest) -> HttpResponse:
    """Name somebody."""
    return form_page(
        request,
        AssessorForm(request.POST or None),
        lambda typed: _name(request, typed),
        done=_("They may assess from now on."),
        back=reverse("talent:assessor_list"),
        back_label=_("Assessors"),
        title=_("Name an assessor"),
        lead=_("An assessor says levels and reads nothing: neither what others said nor the talent profile."),
        submit=_("Name"),
    )


def _name(request: PageRequest, typed: dict[str, Any]) -> SkillAssessor:
    planned = SkillAssessor(assessor=typed["assessor"], org_unit=typed["org_unit"])
    if not request.user.has_perm("talent.name_assessor", planned):
        raise ActionError(_("Choose somebody else than yourself, and a unit you look after."), field="org_unit")
    return assessors.name_assessor(by=request.user, **typed)


@access(roles=HR)
@require_POST
def assessor_end(request: PageRequest, pk: int) -> HttpResponse:
    rows = SkillAssessor.objects.with_names()
    named = get_for_user(rows, request.user, "talent.end_assessor", pk=pk)
    return step(
        request,
        lambda: assessors.end_assessor(named, by=request.user),
        done=_("They assess no more; what they said stays."),
        back=reverse("talent:assessor_list"),
    )
