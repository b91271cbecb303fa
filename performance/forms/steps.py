"""What a step of a review asks for before it happens."""

from django import forms
from django.utils.translation import gettext_lazy as _

from performance.forms.people import PersonField


class PlainForm(forms.Form):
    """Nothing is asked; the click is enough."""


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class ReassignForm(ReasonForm):
    to = PersonField(label=_("New reviewer"))
    field_order = ["to", "reason"]


class AcknowledgeForm(forms.Form):
    comment = forms.CharField(
        label=_("Your comment"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Optional. Your manager and HR can read it. Acknowledging says that you have read it, not that you agree."
        ),
    )
