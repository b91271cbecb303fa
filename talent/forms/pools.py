"""What is typed about pools."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import offer
from hrportal.common.paths import at_or_below
from hrportal.people.fields import UnitField
from hrportal.people.models import Employee
from hrportal.people.search import named
from hrportal.people.viewer import Principal
from talent.enums import OpenTopic, PoolMemberState
from talent.forms.development import DateInput
from talent.forms.succession import SHOWN, text
from talent.models import PoolStep, TalentPool
from talent.models.sight import others_talent
from talent.potential.population import pool_keepers


def candidates_for(pool: TalentPool, user: Principal) -> QuerySet[Employee]:
    """People one may nominate: whose potential one may read, from where the pool takes, not nominated already, never oneself."""
    waiting = pool.members.filter(state__in=[PoolMemberState.NOMINATED, PoolMemberState.APPROVED]).values("employee")
    seen = others_talent(user, OpenTopic.POTENTIAL, "potential:read", "")
    people = Employee.objects.employed().filter(seen).exclude(pk__in=waiting)
    if pool.org_unit is not None:
        people = people.filter(at_or_below(pool.org_unit.path, field="org_unit__path"))
    return people.select_related("job", "org_unit")


class PoolForm(forms.ModelForm):
    org_unit = UnitField(
        label=_("Unit"), required=False, help_text=_("From where people are nominated; empty: from everywhere.")
    )

    class Meta:
        model = TalentPool
        fields = ["name", "kind", "definition", "criteria", "org_unit", "owner", "validity_months"]
        widgets = {"definition": forms.Textarea(attrs={"rows": 3}), "criteria": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", pool_keepers())


class PoolStepForm(forms.ModelForm):
    class Meta:
        model = PoolStep
        fields = ["title", "held_on"]
        widgets = {"held_on": DateInput()}


class PoolNominateForm(forms.Form):
    """A person is found by a search."""

    employee = forms.ModelChoiceField(queryset=Employee.objects.none(), widget=forms.RadioSelect, label=_("Person"))
    rationale = text(_("Why"), help_text=_("What you have seen that meets the criteria of the pool."))

    def __init__(self, *args: Any, pool: TalentPool, user: Principal, search: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = candidates_for(pool, user)
        offer(self, "employee", people)
        self.found = list(people.filter(named(search))[:SHOWN])


class DecideForm(forms.Form):
    reason = text(_("Why"), help_text=_("It stays with the nomination."))


class AuditAnswerForm(forms.Form):
    answer = text(_("Answer"), help_text=_("Why the choice falls as it does, and what you will do about it."))


class AttendanceForm(forms.Form):
    step = forms.ModelChoiceField(queryset=PoolStep.objects.none(), label=_("Step"))
    took_part = forms.TypedChoiceField(
        label=_("Took part"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
    )

    def __init__(self, *args: Any, pool: TalentPool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "step", pool.steps.all())
