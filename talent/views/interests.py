"""Pages of interest in opportunities: saying yes, taking it back, who may know, and the owner's answers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest
from hrportal.common.pages import form_page, step
from hrportal.common.paging import window
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.models import Employee
from talent.actions import interests as actions
from talent.filters.mobility import InterestFilter
from talent.forms.mobility import InterestForm, InvitationForm, OfferWordsForm, ReasonForm
from talent.mobility.lists import INTERESTS
from talent.models import Interest, Opportunity
from talent.views.opportunities import EVERYBODY, POSTING
from talent.views.tabs import careers_tabs

SOMEBODY = {Role.EMPLOYEE}


@access(roles=EVERYBODY)
@require_safe
def interest_list(request: PageRequest) -> HttpResponse:
    """What one said yes to oneself, and what others did as far as one knows of it."""
    me = request.user.viewer.employee_id
    rows = Interest.objects.visible_to(request.user).with_people()
    found = InterestFilter(request.GET, rows.exclude(employee=me) if me else rows, request=request)
    context = {
        "tabs": careers_tabs(request.user, "talent:interest_list"),
        "own": list(rows.filter(employee=me).order_by("-updated_at", "-pk")) if me else [],
        "filter": found,
        "page": window(request, found.qs.order_by("-pk"), INTERESTS),
        "sees_others": bool(request.user.viewer.roles & set(POSTING)),
    }
    return render(request, "talent/mobility/interest_list.html", context)


@access(roles=SOMEBODY)
@require_http_methods(["GET", "POST"])
def interest_say(request: PageRequest, pk: int) -> HttpResponse:
    """Say yes to an opportunity, for oneself."""
    rows = Opportunity.objects.select_related("org_unit", "owner")
    opportunity = get_for_user(rows, request.user, "talent.say_interest", pk=pk)
    me = Employee.objects.get(pk=request.user.viewer.employee_id or 0)
    return form_page(
        request,
        InterestForm(request.POST or None),
        lambda typed: actions.say_interest(opportunity, me, by=request.user, **typed),
        done=_("You said yes. You find it under My interests, where you can take it back."),
        back=opportunity.get_absolute_url(),
        back_label=str(opportunity),
        title=_("I am interested: %s") % opportunity.title,
        lead=_("Read by whoever posted it and by HR. Nobody above you learns of it unless you say so."),
        submit=_("Say yes"),
    )


@access(roles=SOMEBODY)
@require_POST
def interest_withdraw(request: PageRequest, pk: int) -> HttpResponse:
    interest = _interest(request, "talent.withdraw_interest", pk)
    return step(
        request,
        lambda: actions.withdraw_interest(interest, by=request.user),
        done=_("You took it back. Nobody has to say why."),
        back=reverse("talent:interest_list"),
    )


@access(roles=SOMEBODY)
@require_POST
def interest_tell(request: PageRequest, pk: int) -> HttpResponse:
    """Whether one's managers may know (`told` in the form is yes or no)."""
    interest = _interest(request, "talent.tell_interest", pk)
    is_told = request.POST.get("told") == "yes"
    return step(
        request,
        lambda: actions.change_telling(interest, by=request.user, is_told_to_manager=is_told),
        done=_("Your managers may know of it now.") if is_told else _("Your managers no longer find it anywhere."),
        back=interest.get_absolute_url(),
    )


@access(roles=SOMEBODY)
@require_POST
def offer_accept(request: PageRequest, pk: int) -> HttpResponse:
    interest = _interest(request, "talent.accept_offer", pk)
    return step(
        request,
        lambda: actions.accept_offer(interest, by=request.user),
        done=_("You accepted. The opportunity is filled, and your managers may know."),
        back=reverse("talent:interest_list"),
    )


@access(roles=EVERYBODY)
@require_POST
def talks_begin(request: PageRequest, pk: int) -> HttpResponse:
    interest = _interest(request, "talent.begin_talks", pk)
    return step(
        request,
        lambda: actions.begin_talks(interest, by=request.user),
        done=_("You are in talks; the person is told."),
        back=interest.get_absolute_url(),
    )


@access(roles=EVERYBODY)
@require_http_methods(["GET", "POST"])
def opportunity_offer(request: PageRequest, pk: int) -> HttpResponse:
    interest = _interest(request, "talent.offer_opportunity", pk)
    return form_page(
        request,
        OfferWordsForm(request.POST or None),
        lambda typed: actions.offer_opportunity(interest, by=request.user, **typed),
        done=_("The offer is made; the person is told."),
        back=interest.get_absolute_url(),
        back_label=interest.opportunity.title,
        title=_("Offer it to %s") % interest.employee.name,
        lead=interest.opportunity.title,
        submit=_("Make the offer"),
    )


@access(roles=EVERYBODY)
@require_http_methods(["GET", "POST"])
def interest_decline(request: PageRequest, pk: int) -> HttpResponse:
    interest = _interest(request, "talent.decline_interest", pk)
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda typed: actions.decline_interest(interest, by=request.user, **typed),
        done=_("Declined; the person reads why."),
        back=interest.get_absolute_url(),
        back_label=interest.opportunity.title,
        title=_("Decline %s") % interest.employee.name,
        lead=interest.opportunity.title,
        submit=_("Decline"),
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def person_invite(request: PageRequest, pk: int, employee: int) -> HttpResponse:
    """Ask somebody to have a look."""
    rows = Opportunity.objects.select_related("org_unit", "owner")
    opportunity = get_for_user(rows, request.user, "talent.search_candidates", pk=pk)
    people = Employee.objects.select_related("org_unit")
    person = get_for_user(people, request.user, "talent.invite_person", pk=employee)
    return form_page(
        request,
        InvitationForm(request.POST or None),
        lambda typed: actions.invite_person(opportunity, person, by=request.user, **typed),
        done=_("%s is told that you think of them.") % person.name,
        back=reverse("talent:opportunity_candidates", args=[opportunity.pk]),
        back_label=opportunity.title,
        title=_("Invite %s") % person.name,
        lead=opportunity.title,
        submit=_("Invite"),
    )


def _interest(request: PageRequest, permission: str, pk: int) -> Interest:
    rows: Any = Interest.objects.select_related("employee__org_unit", "opportunity__owner")
    found: Interest = get_for_user(rows, request.user, permission, pk=pk)
    return found
