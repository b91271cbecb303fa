"""What no client may do unless it was given leave: take a privileged account over, or shut administrators out."""

from django.utils.translation import gettext as _

from hrportal.integrations.scim.errors import NotAllowed
from hrportal.integrations.scim.models import ScimClient
from hrportal.people.enums import PRIVILEGED, Role
from hrportal.people.models import User


def refuse_new_sign_in(client: ScimClient, user: User) -> None:
    """A new user name or address is a new way in: for a privileged account that takes leave."""
    if not client.is_privileged and user.grants.current().filter(role__in=PRIVILEGED).exists():
        raise NotAllowed(
            _("%s is an HR leader or a system administrator: this client may not change how they sign in.") % user
        )


def refuse_closing(client: ScimClient, user: User) -> None:
    """Administrators are closed out only by a client with leave. (The last one by nobody: that holds for every door.)"""
    if not client.is_privileged and user.grants.current().filter(role=Role.ADMIN).exists():
        raise NotAllowed(_("%s is a system administrator: this client may not close the account.") % user)
