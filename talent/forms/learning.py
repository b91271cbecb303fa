"""What is typed about the catalogue and about enrolments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import TableForm, offer
from hrportal.people.fields import ColleagueField
from hrportal.people.models import Competency, Employee
from talent.actions.learning_import import MOST_ROWS
from talent.forms.development import MOST_WORDS, DateInput
from talent.models import LearningItem
from talent.models.learning import FULL_SCORE


class EnrolmentForm(forms.Form):
    """Somebody other than oneself, as far as one may enrol them."""

    person = ColleagueField(
        label=_("Person"),
        help_text=_("Type a name and choose, or enter an employee number or work e-mail."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_person(self) -> Employee:
        person = self.cleaned_data["person"]
        if not self.user.has_perm("talent.enrol", person):
            raise forms.ValidationError(_("You may enrol those who report to you, and in HR those of your units."))
        return person


class LearningItemForm(forms.ModelForm):
    url = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")

    class Meta:
        model = LearningItem
        fields = [
            "title",
            "provider",
            "kind",
            "description",
            "competency",
            "level",
            "proof",
            "pass_score",
            "hours",
            "cost",
            "currency",
            "needs_approval",
            "url",
            "is_active",
            "external_key",
        ]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "proof": _("A certificate or an assessor gives a level once somebody confirms the completion."),
            "cost": _("What costs something waits for a yes."),
            "currency": _("Three letters, EUR for example."),
            "external_key": _("Its name in the system it comes from; imports find it by this."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "competency", Competency.objects.filter(is_active=True)).empty_label = _("None")


class CatalogueFileForm(TableForm):
    most_lines = MOST_ROWS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _(
            "With a first line of column names: external_key and title, and any of provider, kind, description, "
            "competency (its name), level, proof, pass_score, hours, cost, currency, needs_approval, url, is_active."
        )


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("The person reads it.")
    )


class CompletionForm(forms.Form):
    completed_on = forms.DateField(
        label=_("Completed on"), required=False, widget=DateInput(), help_text=_("Today, if left empty.")
    )
    score = forms.IntegerField(label=_("Score, from 0 to 100"), required=False, min_value=0, max_value=FULL_SCORE)
    evidence = forms.CharField(
        label=_("What shows it"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The number of a certificate, what you made, what you do differently now."),
    )
    evidence_url = forms.URLField(label=_("Link to it"), required=False, max_length=500, assume_scheme="https")
