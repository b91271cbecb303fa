"""Forms of people."""

from hrportal.people.forms.accounts import GrantForm, PasswordForm

__all__ = ["GrantForm", "PasswordForm"]
