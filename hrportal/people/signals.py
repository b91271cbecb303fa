"""What happens in people on a fact: an invitation is mailed.

As a delivery, the mail is tried again while the mail server is down, and shown to HR when it never goes out. It may
come twice; both links work until one is used.
"""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from hrportal.journal.models import Fact
from hrportal.journal.subscribers import subscribe
from hrportal.people.invitations import invitation_link
from hrportal.people.models import User


def connect() -> None:
    """Hear of invitations."""
    subscribe("people.person_invited", "people.invitation_mail", mail_invitations)


def mail_invitations(facts: Sequence[Fact]) -> None:
    """Send each invited person their link. Whoever has come in or was closed since, or has no address, gets none."""
    invited = User.objects.filter(pk__in=[fact.subject_id for fact in facts], is_active=True).exclude(email="")
    messages = [_message(user) for user in invited if not user.has_usable_password()]
    if messages:
        get_connection().send_messages(messages)


def _message(user: User) -> EmailMessage:
    context = {
        "name": (user.employee.preferred_name or user.employee.first_name) if user.employee else user.username,
        "username": user.username,
        "link": invitation_link(user),
        "days": settings.INVITATION_DAYS,
    }
    body = render_to_string("people/mail/invitation.txt", context)
    return EmailMessage(_("Your access to the people portal"), body, to=[user.email])
