"""Giving feedback, asking for it, answering."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import offer
from hrportal.people.models import Competency, Employee
from hrportal.people.viewer import Principal
from performance.enums import FeedbackVisibility
from performance.forms.people import PersonField
from performance.models import Feedback, FeedbackRequest, Objective

LINES = 5
WIDGETS = {
    "text": forms.Textarea(attrs={"rows": 5}),
    "kind": forms.RadioSelect,
    "visibility": forms.RadioSelect,
}


class FeedbackForm(forms.ModelForm):
    """Feedback of one's own accord. The goal, if any, comes from the page one came from."""

    person = PersonField(label=_("For whom"))
    objective = forms.ModelChoiceField(queryset=Objective.objects.none(), required=False, widget=forms.HiddenInput)

    class Meta:
        model = Feedback
        fields = ["kind", "text", "visibility", "competency", "objective"]
        widgets = WIDGETS

    def __init__(self, *args: Any, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["person", "kind", "text", "visibility", "competency", "objective"])
        offer(self, "objective", Objective.objects.visible_to(user).active().exclude(owner=None))
        offer_competencies(self)


class FeedbackRequestForm(forms.ModelForm):
    """A question to up to five colleagues; about oneself if nobody else is named."""

    about = PersonField(label=_("About whom"), required=False)

    class Meta:
        model = FeedbackRequest
        fields = ["question", "objective", "competency", "due_on"]
        widgets = {
            "question": forms.Textarea(attrs={"rows": 3}),
            "objective": forms.HiddenInput,
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in range(LINES):
            label = _("Whom to ask") if line == 0 else _("Also (%d)") % (line + 1)
            help_text = PersonField().help_text if line == 0 else ""
            self.fields[f"asked_{line}"] = PersonField(label=label, required=line == 0, help_text=help_text)
        self.fields["about"].help_text = _(
            "Yourself if you leave this empty; otherwise somebody you lead or look after."
        )
        self.order_fields([*(f"asked_{line}" for line in range(LINES)), "about", "question", "competency", "due_on"])
        offer(self, "objective", Objective.objects.visible_to(user).active().exclude(owner=None)).required = False
        offer_competencies(self)

    def asked(self) -> list[Employee]:
        """Those to ask, each once, in the order they were named."""
        named = [self.cleaned_data.get(f"asked_{line}") for line in range(LINES)]
        return list({person.pk: person for person in named if person}.values())


class FeedbackAnswerForm(forms.ModelForm):
    """An answer. Whether the asker reads it is asked only where that does not follow from the rest."""

    class Meta:
        model = Feedback
        fields = ["kind", "text", "visibility", "is_read_by_asker"]
        widgets = WIDGETS

    def __init__(self, *args: Any, request: FeedbackRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = dict(FeedbackVisibility.choices)
        if request.is_about_asker:
            del self.fields["is_read_by_asker"], choices[FeedbackVisibility.GIVER]
        else:
            self.fields["is_read_by_asker"].label = _("%s may read it") % request.asker.name
            self.fields["is_read_by_asker"].initial = True
            choices[FeedbackVisibility.GIVER] = _("Only me, and whoever asked if I say so below")
        self.fields["visibility"] = forms.ChoiceField(
            label=_("Seen by"),
            choices=list(choices.items()),
            widget=forms.RadioSelect,
            initial=FeedbackVisibility.RECIPIENT,
        )
        self.order_fields(["kind", "text", "visibility", "is_read_by_asker"])


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Why you do not answer"),
        max_length=2000,
        help_text=_("Whoever asked reads this."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def offer_competencies(form: forms.BaseForm) -> None:
    offer(form, "competency", Competency.objects.filter(is_active=True)).required = False
