"""Speaking up about a decision, and HR's answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 5000


class RemarkForm(forms.Form):
    text = forms.CharField(
        label=_("What do you have to say?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Read by HR and by the managers above the person; never by the person."),
    )
    is_request = forms.BooleanField(
        label=_("Ask HR to look again"),
        required=False,
        help_text=_("HR answers with a reason. The rating stays unless HR reopens the review."),
    )

    def __init__(self, *args: Any, may_ask: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_ask:
            del self.fields["is_request"]


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("What came of looking again, and why?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The decision stays as it is. To change it, complete the review, reopen it and decide it again."),
    )
