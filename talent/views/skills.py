"""Pages about skills: one's own, other people's, a person beside a role, a team on one page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import form_page, step
from hrportal.common.paging import window
from hrportal.people.enums import Role
from hrportal.people.models import Competency, Employee, Job
from hrportal.people.viewer import Principal
from talent.actions import assessments
from talent.enums import ProfileDay
from talent.filters.skills import CertificateFilter, TeamFilter
from talent.forms.skills import CertificateForm, ReasonForm, SkillForm
from talent.freshness import SKILL_RULE
from talent.models import Certificate, SkillAssessment, SkillAssessor
from talent.rules.skills import assessing_kinds
from talent.skills import skills_of
from talent.skills.counting import COUNTING_RULE
from talent.skills.gap import gap_of
from talent.skills.lists import CERTIFICATES, SKILL_MAP
from talent.skills.people import SkillPeople, people_with_skills
from talent.skills.team import day_asked, team_map

READERS = {Role.MANAGER, Role.HRBP, Role.HR_LEADER, Role.EXECUTIVE}
ANSWERABLE = {Role.HRBP, Role.HR_LEADER, Role.EXECUTIVE}
HR = {Role.HRBP, Role.HR_LEADER}
PEOPLE = {Role.EMPLOYEE, *READERS}
MAP_SIZE = 25

TABS: list[tuple[str, Any, set[Role]]] = [
    ("skill_own", gettext_lazy("My skills"), PEOPLE),
    ("skill_map", gettext_lazy("People"), READERS),
    ("certificate_list", gettext_lazy("Certificates"), READERS),
    ("gap_analysis", gettext_lazy("Organisation"), ANSWERABLE),
    ("strategy_list", gettext_lazy("Strategy"), READERS),
    ("forecast_list", gettext_lazy("Headcount"), ANSWERABLE),
    ("competency_list", gettext_lazy("Library"), set()),
    ("role_profile_list", gettext_lazy("Role profiles"), set()),
    ("assessor_list", gettext_lazy("Assessors"), HR),
]


def tabs_of(user: Principal, active: str) -> list[dict[str, Any]]:
    """The pages on skills that are this reader's, one of them open."""
    roles = user.viewer.roles
    return [
        {"url": reverse(f"talent:{name}"), "label": label, "is_active": name == active}
        for name, label, allowed in TABS
        if not allowed or allowed & roles
    ]


@access(roles=PEOPLE)
@require_safe
def skill_own(request: PageRequest) -> HttpResponse:
    """One's own skills, as far as they are shared, with what the job asks for; where one may assess others, the way there."""
    user = request.user
    employee = Employee.objects.select_related("job", "org_unit").filter(pk=user.viewer.employee_id or 0).first()
    named = SkillAssessor.objects.in_force().with_names().filter(assessor=user.viewer.employee_id or 0)
    context: dict[str, Any] = {"tabs": tabs_of(user, "skill_own"), "employee": employee, "named": named}
    if employee:
        context |= _skills(employee, user) | {"is_own": True}
    return render(request, "talent/skill_own.html", context)


@access(roles=READERS)
@require_safe
def skill_person(request: PageRequest, pk: int) -> HttpResponse:
    """What is known of somebody's skills: every source, which of them counts and why."""
    employee = _person(request, pk)
    context = _skills(employee, request.user) | {"employee": employee, "is_own": False}
    return render(request, "talent/skill_person.html", context)


def _skills(employee: Employee, user: Principal) -> dict[str, Any]:
    certificates = Certificate.objects.visible_to(user).standing().with_names().filter(profile__employee=employee)
    return {
        "lines": skills_of(employee, user, with_asked=True),
        "export_query": f"person={employee.pk}",
        "certificates": certificates,
        "may_assess": user.has_perm("talent.assess_skill", employee),
        "may_certify": user.has_perm("talent.add_certificate", employee),
        "verifies": employee.pk != user.viewer.employee_id and user.has_perm("talent.add_certificate", employee),
        "today": timezone.localdate(),
        "rules": [COUNTING_RULE, SKILL_RULE],
    }


@access(roles=READERS)
@require_safe
def skill_map(request: PageRequest) -> HttpResponse:
    """A team on one page: people and competencies, each cell what is known beside what the job asks for."""
    people = people_with_skills(request.user).select_related("job", "org_unit")
    found = TeamFilter(request.GET or {"day": ProfileDay.TODAY}, people, request=request)
    page = window(request, found.qs.order_by("last_name", "first_name", "pk"), SKILL_MAP, size=MAP_SIZE)
    context = {
        "tabs": tabs_of(request.user, "skill_map"),
        "filter": found,
        "page": page,
        "map": team_map(page.rows, day_asked(request.GET)),
        "rules": [COUNTING_RULE, SKILL_RULE],
    }
    return render_list(request, "talent/skill_map.html", context, part="rows")


@access(roles=PEOPLE)
@require_safe
def skill_gap(request: PageRequest, pk: int) -> HttpResponse:
    """A person beside a role: their own job today or in 24 months, or any other."""
    people = SkillPeople(Employee.objects.select_related("job", "org_unit"), and_self=True)
    employee = get_for_user(people, request.user, pk=pk)
    jobs = Job.objects.filter(profile__isnull=False).distinct().order_by("name", "pk")
    job = _asked_job(request, jobs) or employee.job
    day = day_asked(request.GET)
    context = {
        "employee": employee,
        "is_own": employee.pk == request.user.viewer.employee_id,
        "jobs": jobs,
        "job": job,
        "day": day,
        "days": ProfileDay.choices,
        "report": gap_of(employee, job, day, request.user) if job else None,
        "rules": [COUNTING_RULE, SKILL_RULE],
    }
    return render(request, "talent/skill_gap.html", context)


def _asked_job(request: PageRequest, jobs: Any) -> Job | None:
    number = request.GET.get("job", "")
    found: Job | None = jobs.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 10 else None
    return found


@access(roles=PEOPLE)
@require_http_methods(["GET", "POST"])
def skill_assess(request: PageRequest, pk: int) -> HttpResponse:
    """Say which level somebody has."""
    employee = get_for_user(Employee.objects.select_related("org_unit"), request.user, "talent.assess_skill", pk=pk)
    is_own = employee.pk == request.user.viewer.employee_id
    competency = _asked_competency(request)
    kinds = assessing_kinds(request.user, employee)
    form = SkillForm(request.POST or None, kinds=kinds, competency=competency)
    return form_page(
        request,
        form,
        lambda typed: assessments.assess_skill(employee, by=request.user, **typed),
        done=_("The level is in the skills inventory."),
        back=_back(request, employee),
        back_label=employee.name,
        title=_("Assess a skill of mine") if is_own else _("Assess a skill of %s") % employee,
        lead=_("Kept beside what others say; the page shows which level counts. The person sees it at once."),
        submit=_("Save the level"),
    )


def _asked_competency(request: PageRequest) -> Competency | None:
    """The competency a link is about, with words for its levels; one that was typed counts before it."""
    number = request.POST.get("competency") or request.GET.get("competency", "")
    rows = Competency.objects.filter(is_active=True).prefetch_related("levels")
    return rows.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 10 else None


@access(roles=PEOPLE)
@require_http_methods(["GET", "POST"])
def skill_withdraw(request: PageRequest, pk: int) -> HttpResponse:
    """Take back a level that was said by hand."""
    skills = SkillAssessment.objects.select_related("competency", "profile__employee__org_unit")
    skill = get_for_user(skills, request.user, "talent.withdraw_skill", pk=pk)
    words = {"level": skill.level, "competency": skill.competency}
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda typed: assessments.withdraw_skill(skill, by=request.user, **typed),
        done=_("The level no longer counts."),
        back=_back(request, skill.profile.employee),
        back_label=skill.profile.employee.name,
        title=_("Take back level %(level)s of %(competency)s") % words,
        lead=_("It is kept with your reason; what was known before counts again."),
        submit=_("Take it back"),
        danger=True,
    )


@access(roles=READERS)
@require_safe
def certificate_list(request: PageRequest) -> HttpResponse:
    """Certificates of people whose skills one reads; those that end first come first."""
    rows = Certificate.objects.visible_to(request.user).standing().with_names()
    others = rows.exclude(profile__employee=request.user.viewer.employee_id or 0)
    found = CertificateFilter(request.GET, others, request=request)
    page = window(request, found.qs, CERTIFICATES)
    context = {
        "tabs": tabs_of(request.user, "certificate_list"),
        "filter": found,
        "page": page,
        "today": timezone.localdate(),
    }
    return render_list(request, "talent/certificate_list.html", context, part="rows")


@access(roles=PEOPLE)
@require_http_methods(["GET", "POST"])
def certificate_add(request: PageRequest, pk: int) -> HttpResponse:
    """Bring a certificate, one's own or somebody's."""
    employee = get_for_user(Employee.objects.select_related("org_unit"), request.user, "talent.add_certificate", pk=pk)
    is_own = employee.pk == request.user.viewer.employee_id
    lead = (
        _("It counts once your manager or HR has verified it.")
        if is_own
        else _("You have seen it, so it counts at once.")
    )
    return form_page(
        request,
        CertificateForm(request.POST or None),
        lambda typed: assessments.add_certificate(employee, by=request.user, **typed),
        done=_("The certificate is kept."),
        back=_back(request, employee),
        back_label=employee.name,
        title=_("Add a certificate of mine") if is_own else _("Add a certificate of %s") % employee,
        lead=lead,
        submit=_("Add the certificate"),
    )


@access(roles=PEOPLE)
@require_POST
def certificate_verify(request: PageRequest, pk: int) -> HttpResponse:
    certificate = _certificate(request, pk, "talent.verify_certificate")
    return step(
        request,
        lambda: assessments.verify_certificate(certificate, by=request.user),
        done=_("The certificate is verified; its level counts."),
        back=_back(request, certificate.profile.employee),
    )


@access(roles=PEOPLE)
@require_http_methods(["GET", "POST"])
def certificate_withdraw(request: PageRequest, pk: int) -> HttpResponse:
    certificate = _certificate(request, pk, "talent.withdraw_certificate")
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda typed: assessments.withdraw_certificate(certificate, by=request.user, **typed),
        done=_("The certificate is taken out."),
        back=_back(request, certificate.profile.employee),
        back_label=certificate.profile.employee.name,
        title=_("Take out the certificate “%s”") % certificate,
        lead=_("The level it stands for no longer counts."),
        submit=_("Take it out"),
        danger=True,
    )


def _certificate(request: PageRequest, pk: int, permission: str) -> Certificate:
    return get_for_user(Certificate.objects.with_names(), request.user, permission, pk=pk)


def _person(request: PageRequest, pk: int) -> Employee:
    return get_for_user(SkillPeople(Employee.objects.select_related("job", "org_unit")), request.user, pk=pk)


def _back(request: PageRequest, employee: Employee) -> str:
    """Where one reads of it: one's own page, the person's; for a named assessor the list of what they are named for."""
    user = request.user
    if employee.pk != user.viewer.employee_id and people_with_skills(user).filter(pk=employee.pk).exists():
        return reverse("talent:skill_person", args=[employee.pk])
    return reverse("talent:skill_own")
