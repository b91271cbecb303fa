"""What people say to figures and suggestions."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from calibration.enums import SuggestionAnswer


class _PlainForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class AnswerForm(_PlainForm):
    """Three buttons and one field: rejecting takes no more than accepting. What is missing the action says."""

    why = forms.CharField(
        label=_("Why, in your own words"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )
    answer = forms.ChoiceField(choices=SuggestionAnswer.choices, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class ExplanationForm(_PlainForm):
    text = forms.CharField(
        label=_("What is behind this figure?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Everybody who sees the figure reads it. It stays when figures are computed anew."),
    )


class SwitchForm(_PlainForm):
    is_shown = forms.BooleanField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why"), max_length=300)
