"""What people write about their own future."""

from typing import Any

from django import forms

from hrportal.common.forms import offer
from hrportal.people.models import Job
from talent.models import Aspiration


class AspirationForm(forms.ModelForm):
    class Meta:
        model = Aspiration
        fields = ["jobs", "wishes", "leading", "relocation", "travel", "timing", "note", "is_shared"]
        widgets = {
            "jobs": forms.SelectMultiple(attrs={"size": 8}),
            "wishes": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "jobs", Job.objects.order_by("family", "name"))
