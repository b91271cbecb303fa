"""Whom a client means: the person a new account is for, and the manager it names."""

from django.utils.translation import gettext as _

from hrportal.integrations.scim.errors import Refused
from hrportal.integrations.scim.models import ExternalId, ScimClient
from hrportal.integrations.scim.state import State, with_id
from hrportal.people.models import Employee, User


def find_owner(client: ScimClient, wanted: State) -> tuple[Employee | None, User | None]:
    """Whom a new account is for, and the account they have had: by employee number, by what the client called them
    before, by work address.

    An account that belongs to nobody is met again only by what the client called it.
    """
    people = Employee.objects.select_related("user")
    person = people.filter(employee_number=wanted.employee_number).first() if wanted.employee_number else None
    if person is None and wanted.external_id:
        names = ExternalId.objects.filter(client=client, value=wanted.external_id)
        if name := names.select_related("user__employee").first():
            return name.user.employee, name.user
        person = _by_foreign_id(client, wanted.external_id)
    address = wanted.email or wanted.user_name
    if person is None and "@" in address:
        person = people.filter(work_email__iexact=address).first()
    return person, getattr(person, "user", None)


def _by_foreign_id(client: ScimClient, external_id: str) -> Employee | None:
    """Who is called so by HR, or by the system the client took the id from."""
    people = Employee.objects.select_related("user")
    return (
        people.filter(employee_number=external_id).first()
        or people.filter(source=client.source, remote_id=external_id).first()
    )


def manager_named(client: ScimClient, name: str) -> Employee:
    """The manager a client means: by the id of their account, else their employee number, user name or address."""
    people = Employee.objects.all()
    account = User.objects.filter(with_id(name)).exclude(employee=None).first()
    person = (
        (account.employee if account else None)
        or people.filter(employee_number=name).first()
        or people.filter(user__username__iexact=name).first()
        or people.filter(work_email__iexact=name).first()
    )
    if person is None:
        raise Refused(_("There is no account with the id %s to be the manager.") % name)
    return person
