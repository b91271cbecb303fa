"""Signing in. Allauth looks a person up by user name or e-mail; rights come from the rules, never from a backend."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from hrportal.people.models import User


class SignInBackend(AuthenticationBackend):
    """Allauth's sign-in, without Django's model permissions: `User.has_perm` asks the rules itself."""

    def get_user(self, user_id: Any) -> Any:
        """The account behind a session, with its person, whom every page shows."""
        user = User.objects.select_related("employee").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return False
