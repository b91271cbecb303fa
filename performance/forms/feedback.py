"""Giving feedback."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import offer
from hrportal.people.models import Competency
from performance.forms.people import PersonField
from performance.models import Feedback


class FeedbackForm(forms.ModelForm):
    person = PersonField(label=_("For whom"))

    class Meta:
        model = Feedback
        fields = ["kind", "text", "visibility", "competency"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 5}),
            "kind": forms.RadioSelect,
            "visibility": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["person", "kind", "text", "visibility", "competency"])
        offer(self, "competency", Competency.objects.filter(is_active=True)).required = False
