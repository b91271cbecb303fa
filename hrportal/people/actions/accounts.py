"""Accounts: made by an invitation, entered by setting a password, closed when somebody leaves."""

import re

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from hrportal.people import events
from hrportal.people.actions.roles import revoke_all_roles
from hrportal.people.administrators import refuse_without_administrator
from hrportal.people.invitations import invitation_link
from hrportal.people.models import Employee, PersonalToken, User

NOT_IN_USERNAMES = re.compile(r"[^\w.@+-]+")


@transaction.atomic
def create_account(*, by: Actor | None, employee: Employee | None = None, username: str = "", email: str = "") -> User:
    """Make an account nobody can enter before its owner followed an invitation."""
    username = username or (NOT_IN_USERNAMES.sub("-", employee.employee_number) if employee else "")
    email = email or (employee.work_email if employee else "")
    if not username:
        raise ActionError(_("An account needs a user name."), field="username")
    if User.objects.filter(username=username).exists():
        raise ActionError(_("This user name is taken."), field="username")
    if email and User.objects.filter(email__iexact=email).exists():
        raise ActionError(_("This e-mail address belongs to another account."), field="email")
    user = User.objects.create_user(username, email, employee=employee)
    events.account_created(user, by=by)
    return user


@transaction.atomic
def invite_person(employee: Employee, *, by: Actor | None) -> str:
    """Invite an employee to set their password, making the account if there is none; the one-time link."""
    employee = Employee.objects.select_for_update().get(pk=employee.pk)
    if employee.has_left:
        raise ActionError(_("%s has left.") % employee.name)
    user = User.objects.filter(employee=employee).first() or create_account(by=by, employee=employee)
    return invite_account(user, by=by)


def start_inviting(*, by: Actor) -> Job:
    """Invite everyone who has a work address and no account, in the background."""
    title = _("Invite everyone without an account")
    return start_job("people.invite_people", title, by=by, result_url=reverse("people:account_list"))


@transaction.atomic
def invite_account(user: User, *, by: Actor | None) -> str:
    """Make a link that lets an account's owner set the first password; older links stop working.

    Whoever has an address gets the link by mail, after commit.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not user.is_active:
        raise ActionError(_("This account is closed."))
    if user.has_usable_password():
        raise ActionError(_("%s has already set a password, and can ask for a new one when signing in.") % user)
    user.invited_at = timezone.now()
    user.save(update_fields=["invited_at"])
    events.person_invited(user, by=by)
    return invitation_link(user)


@transaction.atomic
def accept_invitation(user: User, *, password: str) -> User:
    """Set the first password; the link that led here is used up by that."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    user.set_password(password)
    user.save(update_fields=["password"])
    events.invitation_accepted(user)
    return user


@transaction.atomic
def deactivate_account(user: User, *, by: Actor | None) -> User:
    """Close an account; nobody closes their own."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if by is not None and by.journal_identity.actor_id == user.pk:
        raise ActionError(_("You cannot close your own account."))
    if not user.is_active:
        raise ActionError(_("This account is already closed."))
    return close_account(user, by=by)


@transaction.atomic
def reactivate_account(user: User, *, by: Actor | None) -> User:
    """Open a closed account again, without its old roles and password; its owner needs a new invitation."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if user.is_active:
        raise ActionError(_("This account is open."))
    if user.employee and user.employee.has_left:
        raise ActionError(_("%s has left.") % user.employee.name)
    user.is_active = True
    user.save(update_fields=["is_active"])
    events.account_reactivated(user, by=by)
    return user


def close_account(user: User, *, by: Actor | None) -> User:
    """Close an account with its sessions (they hang on the password, which is taken away), access tokens and roles.

    Raises ActionError for the last system administrator.
    """
    if not user.is_active:
        return user
    refuse_without_administrator(user)
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    PersonalToken.objects.of(user).end()
    revoke_all_roles(user, by=by)
    events.account_deactivated(user, by=by)
    return user
