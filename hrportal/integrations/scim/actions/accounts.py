"""What a client does to an account: make it, change it, close it, delete it.

The account is the client's business. The person behind it is so only where the client took them on itself: what an HRIS
said of somebody is not overwritten by a sign-in directory.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.integrations.scim import events
from hrportal.integrations.scim.actions.clients import lock_client
from hrportal.integrations.scim.actions.guards import refuse_closing, refuse_new_sign_in
from hrportal.integrations.scim.actions.memberships import give_roles_again, leave_all_groups
from hrportal.integrations.scim.actions.people import change_person, end_person, owns, take_back, take_on
from hrportal.integrations.scim.actions.persons import find_owner
from hrportal.integrations.scim.errors import NotUnique, Refused
from hrportal.integrations.scim.models import ExternalId, ScimAccount, ScimClient
from hrportal.integrations.scim.state import NOT_DELETED, State, accounts_for, state_of
from hrportal.people.actions import (
    correct_account,
    create_account,
    deactivate_account,
    invite_account,
    reactivate_account,
)
from hrportal.people.models import Employee, User

PERSONAL = ("given_name", "family_name", "nick_name", "employee_number", "title", "department", "manager", "email")


@transaction.atomic
def create_user(client: ScimClient, wanted: State) -> User:
    """Give somebody an account: a person who is known, or, where the client takes on people, a new one."""
    client = lock_client(client)
    _refuse_taken(client, wanted)
    person, account = find_owner(client, wanted)
    user = _revive(client, account, wanted) if account else _first_account(client, person, wanted)
    _keep(client, user, wanted)
    _settle(client, user, wanted)
    return user


@transaction.atomic
def change_user(client: ScimClient, user: User, before: State, wanted: State) -> None:
    """Let an account and, where it is the client's, its person become as wanted. What is so already is left alone.

    The caller has locked the client, and read what is `before` after that.
    """
    if wanted.differs(before, "user_name", "email"):
        refuse_new_sign_in(client, user)
    if wanted.active and not before.active:
        _open(client, user)
    if wanted.differs(before, *PERSONAL, "user_name") and owns(client, user.employee):
        change_person(client, user, before, wanted)
    if wanted.differs(before, "user_name", "email"):
        _free(client, wanted)
        correct_account(user, by=client, username=wanted.user_name, email=wanted.email)
    if wanted.differs(before, "external_id", "display_name", "is_email_primary"):
        _keep(client, user, wanted)
    if before.active and not wanted.active:
        _close(client, user)


@transaction.atomic
def delete_user(client: ScimClient, user: User) -> None:
    """Close an account and let clients meet it no more. All that is written of its owner stays. The client is locked."""
    if user.is_active:
        _close(client, user)
    leave_all_groups(client, user)
    kept, _created = ScimAccount.objects.get_or_create(user=user)
    kept.deleted_at = timezone.now()
    kept.save(update_fields=["deleted_at"])
    events.account_deleted(kept, by=client)


def _refuse_taken(client: ScimClient, wanted: State) -> None:
    """A name that a living account has, in whatever case, is not given again."""
    if not wanted.user_name:
        raise Refused(_("An account needs a user name."))
    if User.objects.filter(NOT_DELETED, username__iexact=wanted.user_name).exists():
        raise NotUnique(_("The user name %s is taken.") % wanted.user_name)
    named = ExternalId.objects.filter(client=client, value=wanted.external_id).values("user")
    if wanted.external_id and User.objects.filter(NOT_DELETED, pk__in=named).exists():
        raise NotUnique(_("Another account has this externalId."))


def _first_account(client: ScimClient, person: Employee | None, wanted: State) -> User:
    if person is None:
        if not client.takes_on_people:
            raise Refused(
                _("Nobody here has this employee number or address. Accounts are given to people whom HR has entered.")
            )
        person = take_on(client, wanted)
    elif person.has_left:
        person = take_back(client, person)
    _free(client, wanted)
    return create_account(by=client, employee=person, username=wanted.user_name, email=wanted.email)


def _revive(client: ScimClient, user: User, wanted: State) -> User:
    """The account of somebody whose account was deleted, under a new id."""
    kept = ScimAccount.objects.filter(user=user).first()
    if kept is None or not kept.deleted_at:
        raise NotUnique(_("This person has the account %s already.") % user.username)
    refuse_new_sign_in(client, user)
    kept.generation, kept.deleted_at = kept.generation + 1, None
    kept.save(update_fields=["generation", "deleted_at"])
    if not user.is_active:
        _open(client, user)
    _free(client, wanted)
    return correct_account(user, by=client, username=wanted.user_name, email=wanted.email)


def _settle(client: ScimClient, user: User, wanted: State) -> None:
    """What follows once the account is there: the person as wanted, the account closed or its owner invited."""
    user = accounts_for(client).get(pk=user.pk)
    if owns(client, user.employee):
        change_person(client, user, state_of(user), wanted)
    if not wanted.active:
        refuse_closing(client, user)
        deactivate_account(user, by=client)
    elif client.sends_invitations and user.email and not user.has_usable_password():
        invite_account(user, by=client)


def _open(client: ScimClient, user: User) -> None:
    if user.employee and user.employee.has_left:
        take_back(client, user.employee)
    reactivate_account(user, by=client)
    give_roles_again(client, user)
    if client.sends_invitations and user.email:
        invite_account(user, by=client)


def _close(client: ScimClient, user: User) -> None:
    """Close the door at once: sessions, tokens and roles end. The employment ends too if that was chosen."""
    refuse_closing(client, user)
    deactivate_account(user, by=client)
    if client.ends_employments and user.employee and owns(client, user.employee):
        end_person(client, user.employee)


def _keep(client: ScimClient, user: User, wanted: State) -> None:
    """Keep what the portal has no field for."""
    ScimAccount.objects.update_or_create(
        user=user, defaults={"display_name": wanted.display_name, "is_email_primary": wanted.is_email_primary}
    )
    mine = ExternalId.objects.filter(client=client)
    if not wanted.external_id:
        mine.filter(user=user).delete()
        return
    holder = mine.filter(value=wanted.external_id).exclude(user=user).select_related("user__scim").first()
    if holder and not (hasattr(holder.user, "scim") and holder.user.scim.deleted_at):
        raise NotUnique(_("Another account has this externalId."))
    if holder:
        holder.delete()
    mine.update_or_create(user=user, defaults={"client": client, "value": wanted.external_id})


def _free(client: ScimClient, wanted: State) -> None:
    """Let go of a user name and an address that only a deleted account has: it is not in anybody's way."""
    deleted = User.objects.exclude(NOT_DELETED).filter(is_active=False)
    for user in deleted.filter(username__iexact=wanted.user_name):
        correct_account(user, by=client, username=f"deleted-{user.pk}")
    for user in deleted.filter(email__iexact=wanted.email) if wanted.email else ():
        correct_account(user, by=client, email="")
