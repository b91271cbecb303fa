"""Pages of mentoring."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest
from hrportal.common.numbers import is_number
from hrportal.common.pages import form_page, step
from hrportal.common.paging import window
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.models import Competency, Employee
from talent import actions
from talent.enums import MentoringState
from talent.forms.mentoring import GoalForm, MeetingForm, OfferForm, ReflectionForm, WishForm
from talent.mentoring.lists import MATCHES, MENTORINGS
from talent.mentoring.matching import candidates_for, wishes_with_skills
from talent.models import Mentoring, MentoringGoal, MentoringMeeting, MentoringWish, MentorOffer, MentorSuggestion
from talent.scores.mentoring import DISTANCE_WEIGHT, FULL_LEAD, SKILL_WEIGHT, Match
from talent.views.development import PEOPLE
from talent.views.tabs import development_tabs

MOST_CANDIDATES = 5
SOMEBODY = {Role.EMPLOYEE}
TWO = ("mentor__job", "mentor__org_unit", "mentee__job", "mentee__org_unit", "proposed_by")


@access(roles=PEOPLE)
@require_safe
def mentoring_list(request: PageRequest) -> HttpResponse:
    """One's own mentoring: what one offers and wishes, who would fit, with whom one meets; and that of others one sees."""
    me = request.user.viewer.employee_id
    rows = Mentoring.objects.visible_to(request.user).select_related(*TWO)
    offer = MentorOffer.objects.filter(mentor=me).prefetch_related("skills__competency").first() if me else None
    wish = wishes_with_skills(MentoringWish.objects.filter(mentee=me)).first() if me else None
    own = list(rows.filter(mentor=me) | rows.filter(mentee=me)) if me else []
    is_looking = wish is not None and wish.is_active and not any(_stands(row, me) for row in own)
    found = candidates_for(wish, most=MOST_CANDIDATES) if wish and is_looking else []
    context = {
        "me": me,
        "offer": offer,
        "wish": wish,
        "own": own,
        "is_looking": is_looking,
        "candidates": _shown(found),
        "others": window(request, rows.exclude(mentor=me).exclude(mentee=me) if me else rows, MENTORINGS),
        "tabs": development_tabs(request.user, "talent:mentoring_list"),
        **WEIGHTS,
    }
    return render(request, "talent/mentoring_list.html", context)


WEIGHTS = {"skill_weight": SKILL_WEIGHT, "distance_weight": DISTANCE_WEIGHT, "full_lead": FULL_LEAD}


def _stands(row: Mentoring, me: int | None) -> bool:
    return row.mentee_id == me and row.state in {MentoringState.PROPOSED, MentoringState.ACTIVE}


def _shown(found: Iterable[Any]) -> list[dict[str, Any]]:
    """Candidates with the names of what their match is made of."""
    rows = list(found)
    names = _names(row.match for row in rows)
    return [{"offer": row.offer, "match": row.match, "lines": _lines(row.match, names)} for row in rows]


def _names(matches: Iterable[Match]) -> dict[int, str]:
    wanted = {lead.competency_id for match in matches for lead in match.leads}
    return dict(Competency.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _lines(match: Match, names: dict[int, str]) -> list[dict[str, Any]]:
    return [
        {"name": names.get(lead.competency_id, ""), "lead": lead, "percent": 100 * lead.share} for lead in match.leads
    ]


@access(roles=SOMEBODY)
@require_http_methods(["GET", "POST"])
def mentor_offer(request: PageRequest) -> HttpResponse:
    """What one offers as a mentor."""
    me = _myself(request, "talent.offer_mentoring")
    offer = MentorOffer.objects.filter(mentor=me).first()
    skills = dict(offer.skills.values_list("competency", "level")) if offer else {}
    said = {"note": offer.note, "capacity": offer.capacity, "is_active": offer.is_active} if offer else {}
    return form_page(
        request,
        OfferForm(request.POST or None, skills=skills, initial=said),
        lambda typed: actions.offer_mentoring(me, by=request.user, **typed),
        done=_("Saved."),
        back=reverse("talent:mentoring_list"),
        back_label=_("Mentoring"),
        template="talent/mentor_skills.html",
        title=_("Be a mentor"),
        lead=_("What you write here everybody can read. It is all that is compared when mentors are sought."),
        submit=_("Save the offer"),
    )


@access(roles=SOMEBODY)
@require_http_methods(["GET", "POST"])
def mentoring_wish(request: PageRequest) -> HttpResponse:
    """What one wishes to learn from a mentor."""
    me = _myself(request, "talent.wish_mentoring")
    wish = MentoringWish.objects.filter(mentee=me).first()
    skills = dict(wish.skills.values_list("competency", "level")) if wish else {}
    said = {"goal": wish.goal, "is_active": wish.is_active} if wish else {}
    return form_page(
        request,
        WishForm(request.POST or None, skills=skills, initial=said),
        lambda typed: actions.wish_mentoring(me, by=request.user, **typed),
        done=_("Saved."),
        back=reverse("talent:mentoring_list"),
        back_label=_("Mentoring"),
        template="talent/mentor_skills.html",
        title=_("Find a mentor"),
        lead=_("HR reads this, and a mentor to whom you are proposed. Your manager does not."),
        submit=_("Save the wish"),
    )


def _myself(request: PageRequest, permission: str) -> Employee:
    people = Employee.objects.select_related("org_unit")
    return get_for_user(people, request.user, permission, pk=request.user.viewer.employee_id)


@access(roles=PEOPLE)
@require_POST
def mentoring_propose(request: PageRequest, pk: int) -> HttpResponse:
    """Propose a mentor (`mentor` in the form) for somebody: for oneself, or HR for those it looks after."""
    people = Employee.objects.select_related("org_unit")
    mentee = get_for_user(people, request.user, "talent.propose_mentoring", pk=pk)
    named = request.POST.get("mentor", "")
    mentor = get_for_user(people, request.user, pk=named if is_number(named) else 0)
    is_own = mentee.pk == request.user.viewer.employee_id
    return step(
        request,
        lambda: actions.propose_mentoring(mentee, mentor, by=request.user),
        done=_("Proposed. It begins when both have said yes."),
        back=reverse("talent:mentoring_list") if is_own else reverse("talent:mentor_matches"),
    )


@access(roles=PEOPLE)
@require_safe
def mentoring_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One mentoring: why these two, who said yes; for the two their goals and meetings."""
    rows = Mentoring.objects.select_related(*TWO).prefetch_related(
        Prefetch("goals", MentoringGoal.objects.visible_to(request.user)), _meetings(request)
    )
    mentoring = get_for_user(rows, request.user, pk=pk)
    me = request.user.viewer.employee_id
    match = Match.of(mentoring.parts) if mentoring.parts else None
    is_mine = me in {mentoring.mentor_id, mentoring.mentee_id}
    context = {
        "mentoring": mentoring,
        "match": match,
        "lines": _lines(match, _names([match])) if match else [],
        "is_mine": is_mine,
        "other": mentoring.other(me),
        "my_yes": mentoring.mentor_said_yes_at if me == mentoring.mentor_id else mentoring.mentee_said_yes_at,
        "reads_reflections": is_mine or request.user.viewer.looks_after(mentoring.mentee),
        "may_decline": request.user.has_perm("talent.decline_mentoring", mentoring),
        **WEIGHTS,
    }
    return render(request, "talent/mentoring_detail.html", context)


def _meetings(request: PageRequest) -> Any:
    return Prefetch("meetings", MentoringMeeting.objects.visible_to(request.user).select_related("noted_by"))


@access(roles=SOMEBODY)
@require_POST
def mentoring_accept(request: PageRequest, pk: int) -> HttpResponse:
    mentoring = _mentoring(request, "talent.accept_mentoring", pk)
    return step(
        request,
        lambda: actions.accept_mentoring(mentoring, by=request.user),
        done=_("You said yes."),
        back=_url(mentoring),
    )


@access(roles=PEOPLE)
@require_POST
def mentoring_decline(request: PageRequest, pk: int) -> HttpResponse:
    mentoring = _mentoring(request, "talent.decline_mentoring", pk)
    return step(
        request,
        lambda: actions.decline_mentoring(mentoring, by=request.user),
        done=_("It does not come about. Nobody has to say why."),
        back=_url(mentoring),
    )


@access(roles=SOMEBODY)
@require_http_methods(["GET", "POST"])
def mentoring_end(request: PageRequest, pk: int) -> HttpResponse:
    mentoring = _mentoring(request, "talent.end_mentoring", pk)
    return form_page(
        request,
        ReflectionForm(request.POST or None),
        lambda typed: actions.end_mentoring(mentoring, by=request.user, **typed),
        done=_("The mentoring has ended."),
        back=_url(mentoring),
        back_label=str(mentoring),
        title=_("End the mentoring"),
        submit=_("End it"),
    )


@access(roles=SOMEBODY)
@require_http_methods(["GET", "POST"])
def mentoring_reflect(request: PageRequest, pk: int) -> HttpResponse:
    mentoring = _mentoring(request, "talent.reflect_on_mentoring", pk)
    is_mentor = request.user.viewer.employee_id == mentoring.mentor_id
    said = mentoring.mentor_reflection if is_mentor else mentoring.mentee_reflection
    return form_page(
        request,
        ReflectionForm(request.POST or None, initial={"reflection": said}),
        lambda typed: actions.reflect_on_mentoring(mentoring, by=request.user, **typed),
        done=_("Saved."),
        back=_url(mentoring),
        back_label=str(mentoring),
        title=_("Look back"),
        submit=_("Save"),
    )


@access(roles=SOMEBODY)
@require_http_methods(["GET", "POST"])
def mentoring_goal_add(request: PageRequest, pk: int) -> HttpResponse:
    mentoring = _mentoring(request, "talent.add_mentoring_goal", pk)
    return form_page(
        request,
        GoalForm(request.POST or None),
        lambda typed: actions.add_mentoring_goal(mentoring, by=request.user, **typed),
        done=_("The goal is set."),
        back=_url(mentoring),
        back_label=str(mentoring),
        title=_("Set a goal together"),
        submit=_("Add the goal"),
    )


@access(roles=SOMEBODY)
@require_POST
def mentoring_goal_complete(request: PageRequest, pk: int) -> HttpResponse:
    rows = MentoringGoal.objects.select_related("mentoring__mentee__org_unit")
    goal = get_for_user(rows, request.user, "talent.complete_mentoring_goal", pk=pk)
    return step(
        request,
        lambda: actions.complete_mentoring_goal(goal, by=request.user),
        done=_("Reached."),
        back=_url(goal.mentoring),
    )


@access(roles=SOMEBODY)
@require_http_methods(["GET", "POST"])
def mentoring_meeting_add(request: PageRequest, pk: int) -> HttpResponse:
    mentoring = _mentoring(request, "talent.record_mentoring_meeting", pk)
    return form_page(
        request,
        MeetingForm(request.POST or None),
        lambda typed: actions.record_mentoring_meeting(mentoring, by=request.user, **typed),
        done=_("Noted."),
        back=_url(mentoring),
        back_label=str(mentoring),
        title=_("Note a meeting"),
        submit=_("Save"),
    )


@access(roles=HR_ROLES)
@require_safe
def mentor_matches(request: PageRequest) -> HttpResponse:
    """Who would fit whom, as it was worked out for all who wait, for those HR looks after."""
    rows = MentorSuggestion.objects.visible_to(request.user).select_related("mentor__job", "mentee__job")
    page = window(request, rows.select_related("mentor__org_unit", "mentee__org_unit"), MATCHES)
    matches = [Match.of(row.parts) for row in page.rows]
    names = _names(matches)
    context = {
        "page": page,
        "rows": [
            {"row": row, "match": match, "lines": _lines(match, names)}
            for row, match in zip(page.rows, matches, strict=True)
        ],
        "waiting": MentoringWish.objects.visible_to(request.user).waiting().count(),
        "tabs": development_tabs(request.user, "talent:mentor_matches"),
        **WEIGHTS,
    }
    return render(request, "talent/mentor_matches.html", context)


@access(roles=HR_ROLES)
@require_POST
def mentors_match(request: PageRequest) -> HttpResponse:
    """Work out pairs for everybody who waits."""
    return redirect("home:job_detail", actions.start_matching_mentors(by=request.user).pk)


def _mentoring(request: PageRequest, permission: str, pk: int) -> Mentoring:
    rows = Mentoring.objects.select_related("mentor", "mentee__org_unit")
    return get_for_user(rows, request.user, permission, pk=pk)


def _url(mentoring: Mentoring) -> str:
    return reverse("talent:mentoring_detail", args=[mentoring.pk])
