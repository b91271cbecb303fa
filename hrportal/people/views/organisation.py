"""Units, jobs, positions, locations and legal entities on pages: each kind a list and a form. Who waits for a manager."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import form_page, step
from hrportal.common.paging import window
from hrportal.people import actions
from hrportal.people.enums import Role
from hrportal.people.filters import OrganisationFilter
from hrportal.people.forms.organisation import KINDS, Kind
from hrportal.people.models import OrgUnit
from hrportal.people.models.organisation import Named
from hrportal.people.organisation_lists import ORGANISATION, WAITING, rows_of, waiting_for_manager

keepers = access(roles={Role.ADMIN, Role.HR_LEADER})
PERMISSION = "people.edit_organisation"
WAITING_TAB: tuple[Promise | str, str] = (gettext_lazy("Waiting for a manager"), "people:pending_manager_list")


@keepers
@require_safe
def organisation(request: PageRequest) -> HttpResponse:
    """The organisation begins with its units."""
    return redirect("people:organisation_list", "units")


@keepers
@require_safe
def organisation_list(request: PageRequest, kind: str) -> HttpResponse:
    """Every row of a kind, in use or not, with how many people are there."""
    wanted = _kind(kind)
    rows = rows_of(wanted, request.user)
    found = OrganisationFilter(request.GET, rows)
    context = {
        "kind": kind,
        "words": wanted,
        "filter": found,
        "page": window(request, found.qs if found.is_valid() else rows.none(), ORGANISATION[kind]),
        "tabs": _tabs(request),
    }
    return render_list(request, "people/organisation_list.html", context, part="rows")


@keepers
@require_http_methods(["GET", "POST"])
def organisation_add(request: PageRequest, kind: str) -> HttpResponse:
    """Add a row of a kind; a unit below the one that the link names."""
    wanted = _kind(kind)
    form = wanted.form(request.POST or None, initial={"parent": request.GET.get("below", "")})
    return form_page(
        request,
        form,
        lambda typed: _add(wanted, typed, request),
        done=_("Added."),
        title=wanted.add,
        submit=_("Add"),
        **_way_back(kind, wanted),
    )


@keepers
@require_http_methods(["GET", "POST"])
def organisation_edit(request: PageRequest, kind: str, pk: int) -> HttpResponse:
    """Change what one is called or is; a unit moves with all below it."""
    wanted = _kind(kind)
    row = get_for_user(_rows(wanted), request.user, PERMISSION, pk=pk)
    form = wanted.form(request.POST or None, row=row)
    return form_page(
        request,
        form,
        lambda typed: _change(row, {name: typed[name] for name in form.changed_data}, request),
        done=_("Saved."),
        title=row.name,
        submit=_("Save"),
        template="people/organisation_edit.html",
        row=row,
        kind=kind,
        **_way_back(kind, wanted),
    )


@keepers
@require_POST
def organisation_close(request: PageRequest, kind: str, pk: int) -> HttpResponse:
    """Take a row out of use, once nobody is there any more."""
    return _switch(request, kind, pk, is_active=False)


@keepers
@require_POST
def organisation_reopen(request: PageRequest, kind: str, pk: int) -> HttpResponse:
    """Take a row into use again."""
    return _switch(request, kind, pk, is_active=True)


@keepers
@require_safe
def pending_manager_list(request: PageRequest) -> HttpResponse:
    """People whose manager was named before anybody was known by that."""
    page = window(request, waiting_for_manager(request.user, request.GET), WAITING)
    context = {"page": page, "tabs": _tabs(request)}
    return render(request, "people/pending_manager_list.html", context)


def _kind(slug: str) -> Kind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def _rows(kind: Kind) -> Any:
    return kind.model._default_manager.all()


def _add(kind: Kind, typed: dict[str, Any], request: PageRequest) -> Named:
    if kind.model is OrgUnit:
        return actions.create_unit(by=request.user, **typed)
    return actions.add_to_organisation(kind.model, by=request.user, **typed)


@transaction.atomic
def _change(row: Named, changes: dict[str, Any], request: PageRequest) -> Named:
    if not isinstance(row, OrgUnit):
        return actions.edit_in_organisation(row, by=request.user, **changes)
    if "parent" in changes:
        row = actions.move_unit(row, by=request.user, parent=changes.pop("parent"))
    return actions.edit_unit(row, by=request.user, **changes)


def _switch(request: PageRequest, kind: str, pk: int, *, is_active: bool) -> HttpResponse:
    row = get_for_user(_rows(_kind(kind)), request.user, PERMISSION, pk=pk)
    return step(
        request,
        lambda: _change(row, {"is_active": is_active}, request),
        done=_("%s is in use again.") % row if is_active else _("%s is out of use.") % row,
        back=reverse("people:organisation_edit", args=[kind, pk]),
    )


def _way_back(slug: str, kind: Kind) -> dict[str, Any]:
    return {"back": reverse("people:organisation_list", args=[slug]), "back_label": kind.title}


def _tabs(request: PageRequest) -> list[dict[str, Any]]:
    kinds = [(kind.title, reverse("people:organisation_list", args=[slug])) for slug, kind in KINDS.items()]
    label, route = WAITING_TAB
    return [
        {"label": label, "url": url, "is_active": url == request.path}
        for label, url in [*kinds, (label, reverse(route))]
    ]
