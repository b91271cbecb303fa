"""What is typed about mentoring."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Competency
from hrportal.people.models.competencies import HIGHEST, LOWEST
from talent.forms.development import MOST_WORDS, DateInput
from talent.models.mentoring import MOST_MENTEES

LINES = 5
LEVELS = [("", "–"), *((n, str(n)) for n in range(LOWEST, HIGHEST + 1))]


class SkillsForm(forms.Form):
    """Some lines of a competency and a level; `skills` of what was typed is levels by competency."""

    def __init__(self, *args: Any, skills: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [("", "–"), *Competency.objects.filter(is_active=True).order_by("name").values_list("pk", "name")]
        filled = [*skills.items(), *[(None, None)] * LINES][: max(LINES, len(skills))]
        for line, (competency, level) in enumerate(filled, start=1):
            self.fields[f"competency_{line}"] = forms.TypedChoiceField(
                label=_("Competency %d") % line, choices=names, coerce=int, empty_value=None, required=False
            )
            self.fields[f"level_{line}"] = forms.TypedChoiceField(
                label=_("Your level"), choices=LEVELS, coerce=int, empty_value=None, required=False
            )
            self.initial[f"competency_{line}"], self.initial[f"level_{line}"] = competency, level
        self.lines = len(filled)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        skills: dict[int, int] = {}
        for line in range(1, self.lines + 1):
            competency, level = typed.pop(f"competency_{line}", None), typed.pop(f"level_{line}", None)
            if competency and level:
                skills[competency] = level
            elif competency:
                self.add_error(f"level_{line}", _("Say which level you have."))
        if not skills and not self.errors:
            raise forms.ValidationError(_("Choose at least one competency and your level in it."))
        return typed | {"skills": skills}


class OfferForm(SkillsForm):
    note = forms.CharField(
        label=_("What you can help with"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    capacity = forms.IntegerField(label=_("How many mentees at a time"), min_value=1, max_value=MOST_MENTEES, initial=2)
    is_active = forms.BooleanField(label=_("I am available"), required=False, initial=True)


class WishForm(SkillsForm):
    goal = forms.CharField(label=_("What you hope for"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    is_active = forms.BooleanField(label=_("I look for a mentor"), required=False, initial=True)


class ReflectionForm(forms.Form):
    reflection = forms.CharField(
        label=_("What did you make of it?"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What you learnt, and what you would do differently. The other of you and HR read it."),
    )


class GoalForm(forms.Form):
    title = forms.CharField(label=_("Goal"), max_length=200)
    due_on = forms.DateField(label=_("Due"), required=False, widget=DateInput())


class MeetingForm(forms.Form):
    held_on = forms.DateField(label=_("Held on"), widget=DateInput())
    note = forms.CharField(
        label=_("What you spoke about"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only the two of you read it."),
    )
