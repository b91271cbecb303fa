"""Accounts and roles, for system administrators: who can sign in, and as what."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from hrportal.common.pages import step
from hrportal.common.paging import window
from hrportal.people.actions import (
    deactivate_account,
    grant_role,
    invite_account,
    invite_person,
    reactivate_account,
    revoke_role,
    start_inviting,
    take_work_address,
)
from hrportal.people.administration_lists import ACCOUNTS
from hrportal.people.enums import Role
from hrportal.people.filters import AccountFilter
from hrportal.people.forms import GrantForm
from hrportal.people.models import Employee, RoleGrant, User
from hrportal.people.slots import collect

administrators = access(roles={Role.ADMIN})


@administrators
@require_safe
def account_list(request: PageRequest) -> HttpResponse:
    """Every account with its roles."""
    users = User.objects.visible_to(request.user).with_roles().order_by("username")
    found = AccountFilter(request.GET, queryset=users)
    context = {
        "filter": found,
        "page": window(request, found.qs if found.is_valid() else User.objects.none(), ACCOUNTS),
        "waiting": Employee.objects.without_account().count(),
    }
    partial = "#accounts" if request.htmx else ""
    return render(request, f"people/account_list.html{partial}", context)


@administrators
@require_safe
def account_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One account: its roles now and before, and what can be done with it."""
    user = get_for_user(User.objects.with_roles(), request.user, pk=pk)
    return render(request, "people/account_detail.html", _context(request, user, GrantForm()))


@administrators
@require_POST
def role_grant(request: PageRequest, pk: int) -> HttpResponse:
    """Give an account a role."""
    user = get_for_user(User.objects.with_roles(), request.user, "people.grant_role", pk=pk)
    form = GrantForm(request.POST)
    if form.is_valid():
        try:
            grant_role(user, by=request.user, **form.cleaned_data)
        except ActionError as error:
            put_on_form(form, error)
        else:
            messages.success(request, _("The role is given."))
            return redirect("people:account_detail", pk)
    return render(request, "people/account_detail.html", _context(request, user, form), status=422)


@administrators
@require_POST
def role_revoke(request: PageRequest, pk: int) -> HttpResponse:
    """Take a role back."""
    grant = get_for_user(RoleGrant.objects.all(), request.user, "people.revoke_role", pk=pk)
    return step(
        request,
        lambda: revoke_role(grant, by=request.user),
        done=_("The role is taken back."),
        back=reverse("people:account_detail", args=[grant.user_id]),
    )


@administrators
@require_POST
def account_invite(request: PageRequest, pk: int) -> HttpResponse:
    """Send an account's owner a new link to set the first password."""
    user = get_for_user(User.objects.all(), request.user, "people.invite_account", pk=pk)
    _invite(request, lambda: invite_account(user, by=request.user), user.email)
    return redirect("people:account_detail", pk)


@administrators
@require_POST
def account_address(request: PageRequest, pk: int) -> HttpResponse:
    """Let an account that did not follow have its owner's work address."""
    rows = User.objects.select_related("employee")
    user = get_for_user(rows, request.user, "people.take_work_address", pk=pk)
    return step(
        request,
        lambda: take_work_address(user, by=request.user),
        done=_("The account has the work address now."),
        back=reverse("people:account_detail", args=[user.pk]),
    )


@administrators
@require_POST
def account_deactivate(request: PageRequest, pk: int) -> HttpResponse:
    """Close an account with its sessions and roles."""
    user = get_for_user(User.objects.all(), request.user, "people.deactivate_account", pk=pk)
    return step(
        request,
        lambda: deactivate_account(user, by=request.user),
        done=_("The account is closed."),
        back=reverse("people:account_detail", args=[user.pk]),
    )


@administrators
@require_POST
def account_reactivate(request: PageRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    user = get_for_user(User.objects.all(), request.user, "people.reactivate_account", pk=pk)
    return step(
        request,
        lambda: reactivate_account(user, by=request.user),
        done=_("The account is open. Invite its owner now."),
        back=reverse("people:account_detail", args=[user.pk]),
    )


@administrators
@require_POST
def person_invite(request: PageRequest, pk: int) -> HttpResponse:
    """Give one employee an account and invite them to it."""
    employee = get_for_user(Employee.objects.all(), request.user, "people.invite_person", pk=pk)
    _invite(request, lambda: invite_person(employee, by=request.user), employee.work_email)
    return redirect("people:employee_detail", pk)


@administrators
@require_POST
def people_invite(request: PageRequest) -> HttpResponse:
    """Invite everyone who has a work address and no account, in the background."""
    if not request.user.has_perm("people.invite_people"):
        raise PermissionDenied
    return redirect("home:job_detail", start_inviting(by=request.user).pk)


def _context(request: PageRequest, user: User, form: GrantForm) -> dict[str, Any]:
    address = user.employee.work_email if user.employee else ""
    may_take_address = address and address != user.email and request.user.has_perm("people.take_work_address", user)
    past = user.grants.exclude(revoked_at=None).select_related("org_unit", "granted_by").order_by("-revoked_at")
    return {
        "account": user,
        "form": form,
        "past_grants": past[:20],
        "new_address": address if may_take_address else "",
        "has_password": user.has_usable_password(),
        "may_grant": user.is_active and request.user.has_perm("people.grant_role", user),
        "may_close": request.user.has_perm("people.deactivate_account", user),
        "grants": [(grant, request.user.has_perm("people.revoke_role", grant)) for grant in user.current_grants],
        "panels": collect("people.account_page", account=user, request=request),
    }


def _invite(request: PageRequest, action: Callable[[], str], address: str) -> None:
    """Invite, and say how the link travels: by mail, or for want of an address by the administrator's hand."""
    try:
        link = action()
    except ActionError as error:
        messages.error(request, error.message)
    else:
        by_mail = _("The invitation goes to %s.") % address
        by_hand = _("There is no address to send it to. Hand over this link, which works once: %s") % link
        messages.success(request, by_mail if address else by_hand)
