"""Pages of the learning catalogue and of enrolments."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, render_list
from hrportal.common.numbers import is_number
from hrportal.common.pages import form_page, step
from hrportal.common.paging import of, window
from hrportal.common.tables import read_table
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.models import Employee
from talent import actions
from talent.actions.learning_import import MOST_ROWS, Report, import_learning_items
from talent.enums import UNDER_WAY, EnrolmentState, Proof
from talent.filters import EnrolmentFilter, LearningFilter
from talent.forms.learning import CatalogueFileForm, CompletionForm, EnrolmentForm, LearningItemForm, RefusalForm
from talent.learning_lists import ENROLMENTS, ITEMS
from talent.models import Enrolment, LearningItem, PlanAction
from talent.views.development import PEOPLE
from talent.views.tabs import learning_tabs

OTHERS = {Role.MANAGER, *HR_ROLES}


@access(roles=PEOPLE)
@require_safe
def learning_list(request: PageRequest) -> HttpResponse:
    """The catalogue: what can be learnt, and what it builds. HR also finds what is no longer offered."""
    keeps = request.user.has_perm("talent.add_learning_item")
    rows = LearningItem.objects.visible_to(request.user).select_related("competency")
    found = LearningFilter(request.GET, rows if keeps else rows.active(), request=request)
    page = window(request, found.qs, ITEMS)
    context = {"filter": found, "page": page, "keeps": keeps, "mine": _mine(request, page.rows)}
    context["tabs"] = learning_tabs(request.user, "talent:learning_list")
    return render_list(request, "talent/learning_list.html", context, part="rows")


def _mine(request: PageRequest, items: list[LearningItem]) -> set[int]:
    """For which of these entries this person is enrolled."""
    own = Enrolment.objects.under_way().filter(employee=request.user.viewer.employee_id)
    return set(own.filter(learning_item__in=items).values_list("learning_item", flat=True))


@access(roles=PEOPLE)
@require_safe
def learning_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One entry, one's own enrolments for it, and those of others one sees."""
    item = get_for_user(LearningItem.objects.select_related("competency"), request.user, pk=pk)
    return _item_page(request, item, EnrolmentForm(user=request.user))


def _item_page(request: PageRequest, item: LearningItem, form: EnrolmentForm) -> HttpResponse:
    own = request.user.viewer.employee_id
    enrolments = Enrolment.objects.visible_to(request.user).filter(learning_item=item).with_names()
    is_enrolled = enrolments.filter(employee=own, state__in=UNDER_WAY).exists()
    action = _action_in(request)
    context = {
        "item": item,
        "enrolments": window(request, enrolments, ENROLMENTS, query=of(request, item=item.pk)),
        "own": own,
        "action": action,
        "is_enrolled": is_enrolled and not action,
        "may_edit": request.user.has_perm("talent.edit_learning_item", item),
        "form": form if OTHERS & request.user.viewer.roles else None,
        "gives_level": item.proof != Proof.NONE,
    }
    return render(request, "talent/learning_detail.html", context, status=422 if form.errors else 200)


@access(roles=PEOPLE)
@require_POST
def enrolment_add(request: PageRequest, pk: int) -> HttpResponse:
    """Enrol oneself; the `person` who is named; or whoever the plan's `action` is for."""
    item = get_for_user(LearningItem.objects.select_related("competency"), request.user, pk=pk)
    action = _action_in(request)
    if action:
        employee = action.item.plan.employee
    elif "person" in request.POST:
        form = EnrolmentForm(request.POST, user=request.user)
        if not form.is_valid():
            return _item_page(request, item, form)
        employee = form.cleaned_data["person"]
    else:
        employee = _own(request)
    if not request.user.has_perm("talent.enrol", employee):
        raise Http404
    try:
        enrolment = actions.enrol(item, employee, by=request.user, action=action)
    except ActionError as error:
        messages.error(request, error.message)
        return redirect("talent:learning_detail", item.pk)
    waits = enrolment.state == EnrolmentState.REQUESTED
    messages.success(request, _("Asked for; your manager decides.") if waits else _("Enrolled."))
    return redirect("talent:enrolment_detail", enrolment.pk)


def _action_in(request: PageRequest) -> PlanAction | None:
    """The action of a plan that it is for, if one is named that this person works on."""
    named = request.POST.get("action") or request.GET.get("action") or ""
    if not is_number(named):
        return None
    rows = PlanAction.objects.select_related("item__plan__employee__org_unit")
    return get_for_user(rows, request.user, "talent.edit_action", pk=named)


def _own(request: PageRequest) -> Employee:
    """Whoever asks, as far as they work here."""
    found = Employee.objects.employed().select_related("org_unit").filter(request.user.viewer.oneself("")).first()
    if found is None:
        raise Http404
    return found


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def learning_add(request: PageRequest) -> HttpResponse:
    return form_page(
        request,
        LearningItemForm(request.POST or None),
        lambda typed: actions.add_learning_item(by=request.user, **typed),
        done=_("It is in the catalogue."),
        back=reverse("talent:learning_list"),
        back_label=_("Learning"),
        title=_("Add to the catalogue"),
        submit=_("Add"),
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def learning_edit(request: PageRequest, pk: int) -> HttpResponse:
    item = get_for_user(LearningItem.objects, request.user, "talent.edit_learning_item", pk=pk)
    return form_page(
        request,
        LearningItemForm(request.POST or None, instance=item),
        lambda typed: actions.edit_learning_item(item, by=request.user, **typed),
        done=_("Saved."),
        back=reverse("talent:learning_detail", args=[pk]),
        back_label=item.title,
        title=_("Edit the entry"),
        submit=_("Save"),
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def learning_import(request: PageRequest) -> HttpResponse:
    """Take a file of entries into the catalogue and say what came of each row."""
    form = CatalogueFileForm(request.POST or None, request.FILES or None)
    report: Report | None = None
    if request.method == "POST" and form.is_valid():
        try:
            report = import_learning_items(_rows_of(form.cleaned_data["text"]), by=request.user)
        except ActionError as refusal:
            put_on_form(form, refusal)
    context = {"form": form, "report": report, "back": reverse("talent:learning_list")}
    return render(request, "talent/learning_import.html", context, status=422 if form.errors else 200)


def _rows_of(text: str) -> list[dict[str, Any]]:
    """The lines of a table by column. Raises ActionError for what is none, or has no line below its header."""
    table = read_table(text, most_lines=MOST_ROWS)
    if not table.lines:
        raise ActionError(_("There is nothing below the names of the columns."), field="file")
    return [dict(zip(table.header, cells, strict=False)) for _number, cells in table.lines]


@access(roles=PEOPLE)
@require_safe
def enrolment_list(request: PageRequest) -> HttpResponse:
    """One's own learning."""
    own = Enrolment.objects.visible_to(request.user).filter(employee=request.user.viewer.employee_id).with_names()
    page = window(request, own, ENROLMENTS, query=of(request, whose="own"))
    context = {"page": page, "tabs": learning_tabs(request.user, "talent:enrolment_list"), "is_own": True}
    return render(request, "talent/enrolment_list.html", context)


@access(roles=OTHERS)
@require_safe
def team_enrolments(request: PageRequest) -> HttpResponse:
    """The learning of people below and of those HR looks after; what waits for a yes first."""
    others = Enrolment.objects.visible_to(request.user).exclude(employee=request.user.viewer.employee_id).with_names()
    found = EnrolmentFilter(request.GET, others, request=request)
    context = {
        "filter": found,
        "page": window(request, found.qs, ENROLMENTS, query=of(request, whose="others")),
        "tabs": learning_tabs(request.user, "talent:team_enrolments"),
        "is_own": False,
    }
    return render_list(request, "talent/enrolment_list.html", context, part="rows")


@access(roles=PEOPLE)
@require_safe
def enrolment_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One enrolment and what its reader may do about it now."""
    enrolment = get_for_user(Enrolment.objects.with_names(), request.user, pk=pk)
    user, state = request.user, enrolment.state
    confirmable = state == EnrolmentState.COMPLETED and not enrolment.verified_at
    context = {
        "enrolment": enrolment,
        "is_own": enrolment.employee_id == user.viewer.employee_id,
        "may_decide": state == EnrolmentState.REQUESTED and user.has_perm("talent.approve_enrolment", enrolment),
        "may_cancel": state in UNDER_WAY and user.has_perm("talent.cancel_enrolment", enrolment),
        "may_complete": state == EnrolmentState.ENROLLED and user.has_perm("talent.complete_enrolment", enrolment),
        "may_confirm": confirmable and user.has_perm("talent.confirm_completion", enrolment),
        "gives_level": enrolment.learning_item.proof != Proof.NONE,
    }
    return render(request, "talent/enrolment_detail.html", context)


@access(roles=PEOPLE)
@require_POST
def enrolment_approve(request: PageRequest, pk: int) -> HttpResponse:
    enrolment = _enrolment(request, "talent.approve_enrolment", pk)
    return step(
        request,
        lambda: actions.approve_enrolment(enrolment, by=request.user),
        done=_("Approved."),
        back=_url(enrolment),
    )


@access(roles=PEOPLE)
@require_http_methods(["GET", "POST"])
def enrolment_refuse(request: PageRequest, pk: int) -> HttpResponse:
    enrolment = _enrolment(request, "talent.refuse_enrolment", pk)
    return form_page(
        request,
        RefusalForm(request.POST or None),
        lambda typed: actions.refuse_enrolment(enrolment, by=request.user, **typed),
        done=_("Refused; the person is told."),
        back=_url(enrolment),
        back_label=str(enrolment),
        title=_("Refuse: %s") % enrolment.learning_item,
        lead=enrolment.employee.name,
        submit=_("Refuse"),
    )


@access(roles=PEOPLE)
@require_POST
def enrolment_cancel(request: PageRequest, pk: int) -> HttpResponse:
    enrolment = _enrolment(request, "talent.cancel_enrolment", pk)
    return step(
        request,
        lambda: actions.cancel_enrolment(enrolment, by=request.user),
        done=_("Cancelled."),
        back=_url(enrolment),
    )


@access(roles=PEOPLE)
@require_http_methods(["GET", "POST"])
def enrolment_complete(request: PageRequest, pk: int) -> HttpResponse:
    enrolment = _enrolment(request, "talent.complete_enrolment", pk)
    return form_page(
        request,
        CompletionForm(request.POST or None),
        lambda typed: actions.complete_enrolment(enrolment, by=request.user, **typed),
        done=_("Completed."),
        back=_url(enrolment),
        back_label=str(enrolment),
        title=_("Completed: %s") % enrolment.learning_item,
        lead=enrolment.employee.name,
        submit=_("It is completed"),
    )


@access(roles=PEOPLE)
@require_POST
def enrolment_confirm(request: PageRequest, pk: int) -> HttpResponse:
    enrolment = _enrolment(request, "talent.confirm_completion", pk)
    return step(
        request,
        lambda: actions.confirm_completion(enrolment, by=request.user),
        done=_("Confirmed."),
        back=_url(enrolment),
    )


def _enrolment(request: PageRequest, permission: str, pk: int) -> Enrolment:
    return get_for_user(Enrolment.objects.with_names(), request.user, permission, pk=pk)


def _url(enrolment: Enrolment) -> str:
    return reverse("talent:enrolment_detail", args=[enrolment.pk])
