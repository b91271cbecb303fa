"""The sign-in form."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import Role
from hrportal.people.models import User


class SignInForm(LoginForm):
    """Allauth's form, with the field called what people call it; where a provider signs everybody in, for administrators only."""

    user: User | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail")
        self.fields["login"].widget.attrs["placeholder"] = ""

    def clean(self) -> Any:
        cleaned = super().clean()
        if settings.SSO_ONLY and self.user and not self.user.viewer.has(Role.ADMIN):
            self.user = None
            raise forms.ValidationError(_("Sign in with your company’s account: use the button below."), "sso_only")
        return cleaned
