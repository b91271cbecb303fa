"""What administrators type about accounts, and what an invited person types."""

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import Role
from hrportal.people.fields import UnitField


class GrantForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in Role.granted()])
    org_unit = UnitField(
        label=_("Over the unit, and all below it"),
        required=False,
        help_text=_("HR business partners need a unit; executives may have one; the other roles have none."),
    )


class PasswordForm(SetPasswordForm):
    """The first password, typed twice and checked by Django's validators. Saving is the action's."""
