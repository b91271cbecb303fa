"""The one-time link that lets somebody into their account. It holds until used, replaced by a newer one, or too old."""

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from hrportal.people.models import User


class InvitationTokens(PasswordResetTokenGenerator):
    """Django's signed tokens, tied to the invitation they were made for. They live INVITATION_DAYS."""

    key_salt = "hrportal.people.invitation"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.invited_at}{user.is_active}"


invitation_tokens = InvitationTokens()


def invitation_link(user: User) -> str:
    """The address under which this account's owner sets their password."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("people:invitation_accept", args=[uid, invitation_tokens.make_token(user)])
    return f"{settings.PUBLIC_URL}{path}"
