"""What people write about their own future."""

from django import forms
from django.utils.text import capfirst

from hrportal.people.several import jobs_field
from talent.models import Aspiration


class AspirationForm(forms.ModelForm):
    jobs = jobs_field(label=capfirst(Aspiration._meta.get_field("jobs").verbose_name))

    class Meta:
        model = Aspiration
        fields = ["jobs", "wishes", "leading", "relocation", "travel", "timing", "note", "is_shared"]
        widgets = {
            "wishes": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
