"""What administrators say about a client of SCIM, and about what a group stands for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import Role
from hrportal.people.fields import UnitField


class ChoicesForm(forms.Form):
    """What a client may do beyond keeping accounts."""

    takes_on_people = forms.BooleanField(
        label=_("Takes on people"),
        required=False,
        help_text=_(
            "Whoever it sends and HR has not entered becomes an employee; it keeps their names, unit, job and manager. "
            "Without this it gives accounts to people whom HR has entered, and leaves what HR said of them alone."
        ),
    )
    ends_employments = forms.BooleanField(
        label=_("Closing an account ends the employment"),
        required=False,
        help_text=_("Only of people it took on itself."),
    )
    sends_invitations = forms.BooleanField(
        label=_("Sends invitations"),
        required=False,
        help_text=_(
            "New accounts get a mail with a link to set a password. Not needed where people sign in elsewhere."
        ),
    )
    is_privileged = forms.BooleanField(
        label=_("May give and take privileged roles"),
        required=False,
        help_text=_(
            "HR leader and system administrator: who is in their groups, how such people sign in, "
            "and closing administrators’ accounts. The last administrator is never closed out."
        ),
    )


class ClientForm(ChoicesForm):
    """A new client."""

    name = forms.CharField(
        label=_("Name"),
        max_length=40,
        help_text=_("For instance Okta or Entra. It stands in the journal as scim:Name."),
    )
    field_order = ["name"]


class GroupForm(forms.Form):
    """Which role the members of a group have."""

    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[("", _("None")), *((role.value, role.label) for role in Role.granted())],
    )
    org_unit = UnitField(
        label=_("Over the unit, and all below it"),
        required=False,
        help_text=_("HR business partners need a unit; executives may have one; the other roles have none."),
    )
