"""Signing in. Allauth looks a person up by user name or e-mail; rights come from the rules, never from a backend."""

from allauth.account.auth_backends import AuthenticationBackend


class SignInBackend(AuthenticationBackend):
    """Allauth's sign-in, without Django's model permissions: `User.has_perm` asks the rules itself."""

    def has_perm(self, user_obj, perm, obj=None):  # type: ignore[no-untyped-def]
        return False

    def has_module_perms(self, user_obj, app_label):  # type: ignore[no-untyped-def]
        return False
