"""What is typed about career paths, opportunities and interest in them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import VersionedForm, offer, stored_word, words_of
from hrportal.people.fields import UnitField
from hrportal.people.models import Competency, Employee, Job, Location
from hrportal.people.models.competencies import HIGHEST, LOWEST, MEDIUM_IMPORTANCE
from hrportal.people.search import named
from talent.actions.opportunities import MOST_NEEDS
from talent.forms.development import MOST_WORDS, DateInput
from talent.models import CareerStep, Interest, Opportunity
from talent.scores.fit import Demand

FREE_LINES, MOST_AUDIENCES, SHOWN = 3, 3, 20
NUMBERS = [(n, str(n)) for n in range(LOWEST, HIGHEST + 1)]


class CareerStepEditForm(forms.ModelForm):
    class Meta:
        model = CareerStep
        fields = ["kind", "months", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class CareerStepForm(CareerStepEditForm):
    class Meta(CareerStepEditForm.Meta):
        fields = ["from_job", "to_job", "kind", "months", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        jobs = {str(job.pk): job for job in Job.objects.order_by("family", "level", "name")}
        choices = [("", "–"), *((pk, str(job)) for pk, job in jobs.items())]
        for name in ("from_job", "to_job"):  # read once for both
            self.fields[name] = forms.TypedChoiceField(
                label=words_of(CareerStep, name).capitalize(), choices=choices, coerce=jobs.__getitem__
            )


class OpportunityForm(forms.ModelForm):
    """The opportunity with what it asks for and whom it is published to; `needs` and `units` of what was typed are ready for the action."""

    org_unit = UnitField(label=_("Unit"), help_text=_("Where the work is done."))

    class Meta:
        model = Opportunity
        fields = [
            "kind",
            "title",
            "description",
            "org_unit",
            "job",
            "location",
            "leads_people",
            "travel",
            "time_share",
            "starts_on",
            "ends_on",
            "closes_on",
        ]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 6}),
            "starts_on": DateInput(),
            "ends_on": DateInput(),
            "closes_on": DateInput(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "job", Job.objects.order_by("family", "level", "name")).empty_label = _("None in particular")
        offer(self, "location", Location.objects.all()).empty_label = _("Anywhere")
        if self.instance.org_unit_id:
            self.initial["org_unit"] = self.instance.org_unit
        self._add_needs()
        self._add_audiences()

    def _add_needs(self) -> None:
        names = [("", "–"), *Competency.objects.filter(is_active=True).order_by("name").values_list("pk", "name")]
        known = list(self.instance.needs.all()) if self.instance.pk else []
        self.lines = min(MOST_NEEDS, max(5, len(known) + FREE_LINES))
        for line in range(1, self.lines + 1):
            need = known[line - 1] if line <= len(known) else None
            self.fields[f"competency_{line}"] = forms.TypedChoiceField(
                label=_("Competency %d") % line, choices=names, coerce=int, empty_value=None, required=False
            )
            self.fields[f"level_{line}"] = _number(_("Level"))
            self.fields[f"importance_{line}"] = _number(_("Importance"))
            self.initial[f"competency_{line}"] = need.competency_id if need else None
            self.initial[f"level_{line}"] = need.level if need else None
            self.initial[f"importance_{line}"] = need.importance if need else MEDIUM_IMPORTANCE

    def _add_audiences(self) -> None:
        known = list(self.instance.units.all()) if self.instance.pk else []
        self.audiences = max(MOST_AUDIENCES, len(known))
        for number in range(1, self.audiences + 1):
            name = f"unit_{number}"
            self.fields[name] = UnitField(label=_("Published to %d") % number, required=False)
            self.initial[name] = known[number - 1] if number <= len(known) else None

    @property
    def need_rows(self) -> list[list[forms.BoundField]]:
        """The three fields of each line of what is asked for."""
        return [
            [self[f"competency_{line}"], self[f"level_{line}"], self[f"importance_{line}"]]
            for line in range(1, self.lines + 1)
        ]

    @property
    def audience_fields(self) -> list[forms.BoundField]:
        return [self[f"unit_{number}"] for number in range(1, self.audiences + 1)]

    @property
    def own_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.Meta.fields]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        needs: dict[int, Demand] = {}
        for line in range(1, self.lines + 1):
            competency, level = typed.pop(f"competency_{line}", None), typed.pop(f"level_{line}", None)
            importance = typed.pop(f"importance_{line}", None) or MEDIUM_IMPORTANCE
            if competency in needs:
                self.add_error(f"competency_{line}", _("This competency is named twice."))
            elif competency and level:
                needs[competency] = Demand(competency, level, importance)
            elif competency:
                self.add_error(f"level_{line}", _("Say which level is needed."))
        units = [typed.pop(f"unit_{number}", None) for number in range(1, self.audiences + 1)]
        return typed | {"needs": list(needs.values()), "units": [unit for unit in units if unit]}


class OpportunityEditForm(OpportunityForm, VersionedForm):
    def stored_words(self, row: Any) -> list[dict[str, Any]]:
        """With what it asks for and whom it is published to, which have no field of their own."""
        own = [stored_word(self, row, name) for name in self.Meta.fields]
        needs = [f"{need.competency} {need.level}" for need in row.needs.select_related("competency")]
        units = [str(unit) for unit in row.units.all()]
        return [
            *own,
            {"label": _("Skills it asks for"), "text": ", ".join(needs)},
            {"label": _("Published to"), "text": ", ".join(units)},
        ]


def _number(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=[("", "–"), *NUMBERS], coerce=int, empty_value=None, required=False
    )


class ReasonForm(forms.Form):
    """Why an opportunity ends, or somebody is declined; whoever waits reads it."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody who waits for an answer reads this."),
    )


class OfferWordsForm(forms.Form):
    words = forms.CharField(
        label=_("What you offer"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("From when, for how long, what happens to the present work."),
    )


class InvitationForm(forms.Form):
    words = forms.CharField(
        label=_("Why you think of them"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They read it. Nobody else but HR learns that you asked."),
    )


class InterestForm(forms.ModelForm):
    class Meta:
        model = Interest
        fields = ["note", "is_told_to_manager"]
        labels = {"note": _("Why you would like it")}
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"note": _("Whoever answers reads it.")}


class NewOwnerForm(forms.Form):
    """Who looks after an opportunity from now on, found by a search."""

    employee = forms.ModelChoiceField(
        queryset=Employee.objects.none(), widget=forms.RadioSelect, label=_("Who looks after it")
    )

    def __init__(self, *args: Any, opportunity: Opportunity, search: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Employee.objects.employed().exclude(pk=opportunity.owner_id).select_related("job", "org_unit")
        offer(self, "employee", people)
        self.found = list(people.filter(named(search))[:SHOWN]) if search else []
