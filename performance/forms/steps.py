"""What a step of a review asks for before it happens."""

from django import forms
from django.utils.translation import gettext_lazy as _

from performance.forms.people import PersonField


class PlainForm(forms.Form):
    """Nothing is asked; the click is enough."""


class DayField(forms.DateField):
    """A day, with the browser's calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class ReassignForm(ReasonForm):
    to = PersonField(label=_("New reviewer"))
    field_order = ["to", "reason"]


class ReturnForm(ReasonForm):
    due_on = DayField(
        label=_("To be handed in again by"), required=False, help_text=_("Leave empty for at least five days from now.")
    )


class ExtendForm(ReasonForm):
    due_on = DayField(label=_("New due date"))
    field_order = ["due_on", "reason"]


class DelegateForm(ReasonForm):
    to = PersonField(label=_("Who writes meanwhile"))
    until = DayField(
        label=_("Until"), required=False, help_text=_("Leave empty: until you end it or the review is handed in.")
    )
    field_order = ["to", "until", "reason"]


class DisputeForm(forms.Form):
    reason = forms.CharField(
        label=_("What you disagree with, and why"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("HR, your reviewer and those above read it. HR answers you here."),
    )


class SettleForm(forms.Form):
    reason = forms.CharField(
        label=_("Your answer"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The employee reads it. To change something in the review, reopen it instead."),
    )


class AcknowledgeForm(forms.Form):
    comment = forms.CharField(
        label=_("Your comment"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Optional. Your manager and HR can read it. Acknowledging says that you have read it, not that you agree."
        ),
    )
