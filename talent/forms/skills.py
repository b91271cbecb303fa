"""What is typed about skills: levels, certificates, the library, role profiles, forecasts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import TableForm, offer
from hrportal.people.enums import CompetencyKind
from hrportal.people.fields import ColleagueField, UnitField
from hrportal.people.models import Competency, Job, OrgUnit, RoleProfileEntry
from hrportal.people.models.competencies import HIGHEST, LOWEST, MEDIUM_IMPORTANCE
from hrportal.people.viewer import Principal
from talent.enums import GapGrouping, ProfileDay, SkillSource
from talent.forms.development import DateInput
from talent.models import Certificate, GapAnalysis, HeadcountForecast
from talent.skills.forecasts import FORECAST_COLUMNS, MOST_LINES
from talent.skills.organisation import horizon

LEVELS = range(LOWEST, HIGHEST + 1)
LEVEL_CHOICES = [(level, str(level)) for level in LEVELS]
FOR_ANY: Any = _("Any competency")


class SkillForm(forms.Form):
    competency = forms.ModelChoiceField(label=_("Competency"), queryset=Competency.objects.filter(is_active=True))
    level = forms.TypedChoiceField(label=_("Level"), choices=LEVEL_CHOICES, coerce=int, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("You say this as"), required=False)
    assessed_on = forms.DateField(
        label=_("It counts from"), widget=DateInput(), help_text=_("The day you found it; not in the future.")
    )
    note = forms.CharField(
        label=_("What shows it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was seen or done. The person reads it."),
    )

    def __init__(self, *args: Any, kinds: list[str], competency: Competency | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assessed_on"].initial = timezone.localdate
        offered: Any = self.fields["kind"]
        offered.choices = [(kind, SkillSource(kind).label) for kind in kinds]
        if len(kinds) < 2:
            del self.fields["kind"]
        if competency:
            self.fields["competency"].initial = competency.pk
            described = {row.level: row.description for row in competency.levels.all()}
            level: Any = self.fields["level"]
            level.choices = [
                (step, f"{step} · {described[step]}" if step in described else str(step)) for step in LEVELS
            ]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class CertificateForm(forms.ModelForm):
    evidence_url = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Where it can be looked at."),
    )

    class Meta:
        model = Certificate
        fields = ["name", "issuer", "issued_on", "expires_on", "competency", "level", "evidence_url", "evidence"]
        widgets = {"issued_on": DateInput(), "expires_on": DateInput(), "evidence": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "expires_on": _("Leave empty if it does not end."),
            "level": _("From 1 to 5: the level of the competency it stands for."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "competency", Competency.objects.filter(is_active=True)).empty_label = _("None in particular")


class AssessorForm(forms.Form):
    assessor = ColleagueField(
        label=_("Assessor"),
        help_text=_("Type a name and choose, or enter an employee number or work e-mail."),
    )
    org_unit = UnitField(label=_("Unit"), help_text=_("They may assess its people and those of all units below."))
    competency = forms.ModelChoiceField(
        label=_("Competency"),
        queryset=Competency.objects.filter(is_active=True),
        required=False,
        empty_label=FOR_ANY,
    )


class CompetencyForm(forms.Form):
    code = forms.CharField(
        label=_("Code"), max_length=100, help_text=_("Short and lasting; other systems know it by this.")
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=CompetencyKind.choices)
    description = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, competency: Competency | None = None) -> None:
        described = {row.level: row.description for row in competency.levels.all()} if competency else {}
        given = {name: getattr(competency, name) for name in ("name", "kind", "description")} if competency else {}
        super().__init__(data, initial=given)
        if competency:
            del self.fields["code"]
        for level in LEVELS:
            self.fields[f"level_{level}"] = forms.CharField(
                label=_("What level %d looks like") % level,
                required=False,
                initial=described.get(level, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        typed = dict(self.cleaned_data)
        levels = {level: typed.pop(f"level_{level}") for level in LEVELS}
        return typed | {"levels": levels}


class ProfileLineForm(forms.Form):
    competency = forms.ModelChoiceField(label=_("Competency"), queryset=Competency.objects.none())
    level_today = forms.TypedChoiceField(label=_("Level today"), required=False, coerce=int, empty_value=None)
    level_in_24_months = forms.TypedChoiceField(
        label=_("Level in 24 months"), required=False, coerce=int, empty_value=None
    )
    importance = forms.TypedChoiceField(label=_("Importance"), choices=LEVEL_CHOICES, coerce=int)

    def __init__(self, *args: Any, competencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        competency: Any = self.fields["competency"]
        competency.queryset = competencies
        competency.empty_label = _("None")
        for name in ("level_today", "level_in_24_months"):
            field: Any = self.fields[name]
            field.choices = [("", _("Not asked")), *LEVEL_CHOICES]
        self.fields["importance"].initial = MEDIUM_IMPORTANCE


class ProfileLines(forms.BaseFormSet):
    """The table of a role profile: a line for each competency, and some empty ones."""

    def clean(self) -> None:
        named = [form.cleaned_data["competency"] for form in self.forms if form.cleaned_data.get("competency")]
        if len(set(named)) != len(named):
            raise ValidationError(_("A competency stands twice in the profile."))


ProfileFormSet = forms.formset_factory(ProfileLineForm, formset=ProfileLines, extra=3, max_num=60)


def profile_initial(entries: list[RoleProfileEntry]) -> list[dict[str, Any]]:
    """The table as it stands."""
    names = ("level_today", "level_in_24_months", "importance")
    return [{"competency": row.competency_id, **{name: getattr(row, name) for name in names}} for row in entries]


class ForecastForm(forms.ModelForm):
    org_unit = UnitField(
        label=_("Unit"), required=False, help_text=_("With all below it. Leave empty for the whole company.")
    )

    class Meta:
        model = HeadcountForecast
        fields = ["job", "org_unit", "on", "number", "note"]
        widgets = {"on": DateInput()}
        help_texts = {"number": _("All people in this job by then, those who are there today included.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "job", Job.objects.order_by("name", "pk"))

    def _get_validation_exclusions(self) -> set[str]:
        """Whether there is one already is asked by the action, whose words are shown beside the day."""
        return {*super()._get_validation_exclusions(), "org_unit"}  # type: ignore[misc]


class ForecastNumberForm(forms.Form):
    number = forms.IntegerField(label=_("People needed"), min_value=0, max_value=1_000_000)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class ForecastTableForm(TableForm):
    most_lines = MOST_LINES

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("Columns: %s. A line for a job, unit and day that is there already changes it.")
        self.fields["text"].help_text = words % ", ".join(FORECAST_COLUMNS)


class AnalysisForm(forms.Form):
    org_unit = UnitField(
        label=_("Unit"), required=False, help_text=_("With all below it. Leave empty for all you answer for.")
    )
    until = forms.DateField(
        label=_("Needed on"), widget=DateInput(), help_text=_("The newest forecasts up to this day count.")
    )
    profile = forms.ChoiceField(label=_("Role profiles"), choices=ProfileDay.choices, initial=ProfileDay.IN_24_MONTHS)
    group_by = forms.ChoiceField(label=_("By"), choices=GapGrouping.choices, initial=GapGrouping.UNIT)

    def __init__(self, *args: Any, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["until"].initial = horizon(timezone.localdate())

    def clean_org_unit(self) -> OrgUnit | None:
        unit: OrgUnit | None = self.cleaned_data["org_unit"]
        if not self.user.has_perm("talent.start_gap_analysis", GapAnalysis(org_unit=unit)):
            raise ValidationError(_("This is not one of the units you answer for."))
        return unit
