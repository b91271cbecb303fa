"""Pages of opportunities: finding one, posting one, and looking for people."""

from typing import Any

from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import form_page, step
from hrportal.common.paging import window
from hrportal.journal.models import Job as BackgroundJob
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.actions import opportunities as actions
from talent.actions.candidate_searches import start_candidate_search
from talent.filters.mobility import BEST, SOONEST, ManagedFilter, OpportunityFilter
from talent.forms.mobility import NewOwnerForm, OpportunityEditForm, OpportunityForm, ReasonForm
from talent.freshness import ASPIRATION_RULE, SKILL_RULE
from talent.mobility.lists import OPPORTUNITIES, managed
from talent.mobility.matching import Matched, known_of, matched, ranked
from talent.mobility.matching_lists import OPEN
from talent.mobility.searching import found_by
from talent.models import CandidateSearch, Interest, Opportunity
from talent.views.tabs import Tabs, careers_tabs

POSTING = HR_ROLES | {Role.MANAGER, Role.EXECUTIVE}
EVERYBODY = POSTING | {Role.EMPLOYEE}
# So many open ones, the newest, are put into an order for one person.
MOST_RANKED = 500
ON_A_PAGE = 25


@access(roles=EVERYBODY)
@require_safe
def opportunity_list(request: PageRequest) -> HttpResponse:
    """What is open to this person, with what of it fits them best first unless asked otherwise."""
    me = _myself(request)
    chosen = request.GET.copy()
    chosen.setdefault("order", BEST)
    rows = Opportunity.objects.visible_to(request.user).taking(timezone.localdate()).with_place().with_needs()
    found = OpportunityFilter(chosen, rows, request=request)
    order = str(chosen["order"]) if me else ""
    newest = list(found.qs.order_by(*_order(order))[: MOST_RANKED + 1])
    lines = _beside(newest[:MOST_RANKED], me, request.user)
    page = window(request, ranked(lines) if order == BEST and me else lines, OPEN, size=ON_A_PAGE)  # type: ignore[arg-type]
    context = {
        "tabs": _tabs(request, "talent:opportunity_list"),
        "filter": found,
        "page": page,
        "said": _said(me, request.user),
        "me": me,
        "is_cut": len(newest) > MOST_RANKED,
        "most": MOST_RANKED,
        "may_post": request.user.has_perm("talent.create_opportunity"),
    }
    return render_list(request, "talent/mobility/opportunity_list.html", context, part="rows")


def _order(order: str) -> list[Any]:
    return [F("closes_on").asc(nulls_last=True), "-pk"] if order == SOONEST else ["-published_at", "-pk"]


def _beside(opportunities: list[Opportunity], me: Employee | None, user: Principal) -> list[Any]:
    """Each with its match for this person; for an account without a person each as it is."""
    if me is None:
        return [{"opportunity": row} for row in opportunities]
    return list(matched(opportunities, [me], known_of([me.pk], user)))


def _said(me: Employee | None, user: Principal) -> dict[int, Interest]:
    """What the person said so far, by opportunity."""
    if me is None:
        return {}
    return {row.opportunity_id: row for row in Interest.objects.visible_to(user).filter(employee=me)}


def _myself(request: PageRequest) -> Employee | None:
    people = Employee.objects.select_related("location", "job", "org_unit")
    return people.filter(pk=request.user.viewer.employee_id or 0).first()


def _tabs(request: PageRequest, current: str) -> Tabs:
    return careers_tabs(request.user, current)


@access(roles=EVERYBODY)
@require_safe
def opportunity_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One opportunity: what it is, how it fits oneself and why, what one said to it; for its owner and HR who is interested."""
    opportunity = get_for_user(_opportunities().with_needs(), request.user, pk=pk)
    me, user = _myself(request), request.user
    seen = Interest.objects.visible_to(user).filter(opportunity=opportunity).with_people()
    others = seen.exclude(employee=me) if me else seen
    own = seen.filter(employee=me).first() if me else None
    is_owner = me is not None and opportunity.owner_id == me.pk
    context = {
        "opportunity": opportunity,
        "units": opportunity.units.all(),
        "is_owner": is_owner,
        "manages": user.has_perm("talent.edit_opportunity", opportunity),
        "searches": user.viewer.is_hr and opportunity.is_open,
        "own": own,
        "row": _match_of(opportunity, me, user) if me and not is_owner else None,
        "may_say": opportunity.is_taking(timezone.localdate()) and user.has_perm("talent.say_interest", opportunity),
        "people": [
            {"interest": row, "may_answer": user.has_perm("talent.begin_talks", row)} for row in others.order_by("-pk")
        ],
        "today": timezone.localdate(),
        "rules": [SKILL_RULE, ASPIRATION_RULE],
        "export_query": f"opportunity={pk}",
    }
    return render(request, "talent/mobility/opportunity_detail.html", context)


def _match_of(opportunity: Opportunity, me: Employee, user: Principal) -> Matched:
    return next(matched([opportunity], [me], known_of([me.pk], user)))


@access(roles=POSTING)
@require_safe
def opportunity_managed(request: PageRequest) -> HttpResponse:
    """Those one posted, and for HR those of its units, in every state."""
    found = ManagedFilter(request.GET, managed(request.user), request=request)
    page = window(request, found.qs.order_by("-pk"), OPPORTUNITIES)
    waiting = Interest.objects.visible_to(request.user).filter(opportunity__in=[row.pk for row in page.rows])
    counts: dict[int, int] = {}
    for pk in (
        waiting.undecided().exclude(employee=request.user.viewer.employee_id).values_list("opportunity", flat=True)
    ):
        counts[pk] = counts.get(pk, 0) + 1
    context = {
        "tabs": _tabs(request, "talent:opportunity_managed"),
        "filter": found,
        "page": page,
        "rows": [{"opportunity": row, "waiting": counts.get(row.pk, 0)} for row in page.rows],
    }
    return render_list(request, "talent/mobility/opportunity_managed.html", context, part="rows")


@access(roles=POSTING)
@require_http_methods(["GET", "POST"])
def opportunity_add(request: PageRequest) -> HttpResponse:
    """Write one down as a draft of one's own."""
    me = _myself(request)
    if me is None:
        raise Http404  # an account without a person has nobody to answer those who say yes
    return form_page(
        request,
        OpportunityForm(request.POST or None, initial={"org_unit": me.org_unit}),
        lambda typed: actions.create_opportunity(by=request.user, owner=me, **typed),
        done=_("The draft is kept. Publish it when it says what it should."),
        back=reverse("talent:opportunity_managed"),
        back_label=_("Posted opportunities"),
        template="talent/mobility/opportunity_form.html",
        title=_("Post an opportunity"),
        submit=_("Save the draft"),
    )


@access(roles=POSTING)
@require_http_methods(["GET", "POST"])
def opportunity_edit(request: PageRequest, pk: int) -> HttpResponse:
    opportunity = _opportunity(request, "talent.edit_opportunity", pk)
    return form_page(
        request,
        OpportunityEditForm(request.POST or None, instance=opportunity),
        lambda typed: actions.edit_opportunity(opportunity, by=request.user, **typed),
        done=_("Saved."),
        back=opportunity.get_absolute_url(),
        back_label=opportunity.title,
        template="talent/mobility/opportunity_form.html",
        title=_("Edit an opportunity"),
        submit=_("Save"),
    )


@access(roles=POSTING)
@require_POST
def opportunity_publish(request: PageRequest, pk: int) -> HttpResponse:
    opportunity = _opportunity(request, "talent.publish_opportunity", pk)
    return step(
        request,
        lambda: actions.publish_opportunity(opportunity, by=request.user),
        done=_("It is open; those it is for find it among the opportunities."),
        back=opportunity.get_absolute_url(),
    )


@access(roles=POSTING)
@require_http_methods(["GET", "POST"])
def opportunity_close(request: PageRequest, pk: int) -> HttpResponse:
    opportunity = _opportunity(request, "talent.close_opportunity", pk)
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda typed: actions.close_opportunity(opportunity, by=request.user, **typed),
        done=_("It is closed."),
        back=opportunity.get_absolute_url(),
        back_label=str(opportunity),
        title=_("Close “%s” without placing anybody") % opportunity.title,
        submit=_("Close it"),
        danger=True,
    )


@access(roles=POSTING)
@require_http_methods(["GET", "POST"])
def opportunity_withdraw(request: PageRequest, pk: int) -> HttpResponse:
    opportunity = _opportunity(request, "talent.withdraw_opportunity", pk)
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda typed: actions.withdraw_opportunity(opportunity, by=request.user, **typed),
        done=_("It is withdrawn."),
        back=opportunity.get_absolute_url(),
        back_label=str(opportunity),
        title=_("Withdraw “%s”: it does not come about") % opportunity.title,
        submit=_("Withdraw it"),
        danger=True,
    )


@access(roles=POSTING)
@require_http_methods(["GET", "POST"])
def opportunity_hand_over(request: PageRequest, pk: int) -> HttpResponse:
    """Let somebody else look after it."""
    opportunity = _opportunity(request, "talent.hand_over_opportunity", pk)
    search = request.GET.get("q", "").replace("\x00", "")
    return form_page(
        request,
        NewOwnerForm(request.POST or None, opportunity=opportunity, search=search),
        lambda typed: actions.hand_over_opportunity(opportunity, by=request.user, owner=typed["employee"]),
        done=_("It is handed over."),
        back=reverse("talent:opportunity_managed"),
        template="talent/mobility/opportunity_hand_over.html",
        opportunity=opportunity,
        search=search,
    )


@access(roles=HR_ROLES)
@require_safe
def opportunity_candidates(request: PageRequest, pk: int) -> HttpResponse:
    """Who of those one looks after would fit, each part explained; the newest search, read with the rights of today."""
    opportunity = get_for_user(_opportunities().with_needs(), request.user, "talent.search_candidates", pk=pk)
    searches = CandidateSearch.objects.visible_to(request.user).filter(opportunity=opportunity)
    newest, search = searches.first(), searches.computed().first()
    found = found_by(search, opportunity, request.user) if search else []
    waiting = newest if newest and not newest.computed_at else None
    context = {
        "opportunity": opportunity,
        "search": search,
        "rows": [
            {
                "row": row,
                "interest": interest,
                "may_invite": request.user.has_perm("talent.invite_person", row.employee),
            }
            for row, interest in found
        ],
        "job": BackgroundJob.objects.visible_to(request.user).filter(pk=waiting.job_id or 0).first()
        if waiting
        else None,
        "rules": [SKILL_RULE, ASPIRATION_RULE],
        "export_query": f"opportunity={pk}",
    }
    return render(request, "talent/mobility/candidates.html", context)


@access(roles=HR_ROLES)
@require_POST
def candidates_search(request: PageRequest, pk: int) -> HttpResponse:
    """Have people looked for; the page fills when it is done."""
    opportunity = _opportunity(request, "talent.search_candidates", pk)
    start_candidate_search(opportunity, by=request.user)
    return redirect("talent:opportunity_candidates", opportunity.pk)


def _opportunities() -> Any:
    return Opportunity.objects.with_place().select_related("filled_by")


def _opportunity(request: PageRequest, permission: str, pk: int) -> Opportunity:
    found: Opportunity = get_for_user(_opportunities(), request.user, permission, pk=pk)
    return found
