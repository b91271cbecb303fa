"""What is typed about benches."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import offer
from hrportal.people.enums import Role
from hrportal.people.models import Employee, Position
from hrportal.people.search import named
from hrportal.people.viewer import Principal
from talent.enums import CriticalBecause, Readiness, VacancyBecause
from talent.models import SuccessionPlan, Successor
from talent.models.succession import own_circle
from talent.succession.assessed import Held

SHOWN = 20


def text(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 4}), **options)


def cover() -> forms.BooleanField:
    return forms.BooleanField(label=_("Could also hold the role for up to six months in an emergency"), required=False)


def seats_for(user: Principal) -> QuerySet[Position]:
    """Seats a person of HR may call critical: those they look after, without their own (a partner: nor their superiors')."""
    viewer = user.viewer
    seats = Position.objects.filter(is_active=True).exclude(succession_plan__is_active=True)
    # A bench that was retired comes back as it was, so it must not be about whoever takes it up again.
    seats = seats.exclude(succession_plan__in=SuccessionPlan.objects.about(viewer))
    if not viewer.is_over_all:
        seats = seats.filter(viewer.seats(viewer.given_units, ""))
    return seats.exclude(incumbent__in=own_circle(viewer)).select_related("org_unit", "job", "incumbent")


def candidates_for(plan: SuccessionPlan, user: Principal) -> QuerySet[Employee]:
    """People one may put on a bench: nobody on it yet, not the incumbent, not oneself (a partner: nor their superiors)."""
    standing = plan.successors.standing().order_by().values("employee")
    people = Employee.objects.employed().filter(user.viewer.client_rows(""))
    people = people.exclude(pk__in=standing).exclude(pk__in=own_circle(user.viewer))
    return people.exclude(position=plan.position_id).select_related("job", "org_unit")


def kinds(label: Any, choices: Any) -> forms.MultipleChoiceField:
    """Several of a list, or none."""
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


class CriticalRoleForm(forms.ModelForm):
    criticality = forms.TypedChoiceField(
        label=_("Criticality"),
        choices=[("", _("Not judged yet")), *((str(level), str(level)) for level in range(1, 6))],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("From 1 to 5: how much stops, and for how long, when nobody sits here."),
    )
    critical_because = kinds(_("Kinds of reason"), CriticalBecause.choices)
    vacancy_because = kinds(_("What makes a vacancy likely"), VacancyBecause.choices)

    class Meta:
        model = SuccessionPlan
        fields = [
            "reason",
            "critical_because",
            "criticality",
            "vacancy_risk",
            "vacancy_because",
            "owner",
            "is_private",
        ]
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"reason": _("What would stop, and for how long, if nobody sat here tomorrow?")}

    def __init__(self, *args: Any, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        incumbent = getattr(getattr(self.instance, "position", None), "incumbent", None)
        able = Q(user__grants__revoked_at=None, user__grants__role__in=[Role.HR_LEADER, Role.HRBP, Role.EXECUTIVE])
        owners = Employee.objects.employed().filter(able).exclude(pk__in=[incumbent.pk] if incumbent else [])
        offer(self, "owner", owners.distinct()).empty_label = _("Nobody yet")


class DesignateForm(CriticalRoleForm):
    """A seat is found by a search; the most promising ones are offered to choose from."""

    position = forms.ModelChoiceField(queryset=Position.objects.none(), widget=forms.RadioSelect, label=_("Role"))
    field_order = ["position", *CriticalRoleForm.Meta.fields]

    def __init__(self, *args: Any, user: Principal, search: str = "", **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        seats = seats_for(user)
        offer(self, "position", seats)
        for word in search.split():
            seats = seats.filter(
                Q(name__icontains=word) | Q(code__istartswith=word) | Q(org_unit__name__icontains=word)
            )
        self.found = list(seats.order_by("org_unit__path", "name")[:SHOWN])


class NominateForm(forms.Form):
    """A person is found by a search; without one, those who report to the seat are offered."""

    employee = forms.ModelChoiceField(queryset=Employee.objects.none(), widget=forms.RadioSelect, label=_("Person"))
    readiness = forms.ChoiceField(label=_("Readiness"), choices=Readiness.choices)
    emergency_cover = cover()
    rationale = text(_("Why"), required=False, help_text=_("What you have seen that speaks for it."))

    def __init__(self, *args: Any, plan: SuccessionPlan, user: Principal, search: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = candidates_for(plan, user)
        offer(self, "employee", people)
        if not search and plan.incumbent:
            people = people.filter(manager=plan.incumbent)
        self.found = list(people.filter(named(search))[:SHOWN])


class ReadinessForm(forms.Form):
    readiness = forms.ChoiceField(label=_("Readiness"), choices=Readiness.choices)
    emergency_cover = cover()
    rationale = text(_("Why"), help_text=_("What has changed, or why it still holds."))


class RemoveForm(forms.Form):
    reason = text(_("Why"), help_text=_("It stays with the bench's history."))


class ExternalForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    note = text(
        _("What is known"), required=False, help_text=_("Where they work, who knows them, what speaks for them.")
    )


class ExperiencesForm(forms.Form):
    names = text(
        _("Experiences"),
        required=False,
        help_text=_("One on each line, for instance “Led a site abroad”. They hold for every seat with this job."),
    )

    def clean_names(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]


KNOWN = {"yes": True, "no": False, "": None}


class HeldForm(forms.Form):
    """One choice for each experience the role asks for: has it, has not, or nobody knows."""

    def __init__(self, *args: Any, asked: Sequence[Held], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = {True: "yes", False: "no", None: ""}
        for line in asked:
            self.fields[f"experience_{line.pk}"] = forms.ChoiceField(
                label=line.name,
                required=False,
                choices=[("", _("Not known")), ("yes", _("Has it")), ("no", _("Has not got it"))],
                initial=shown[line.is_held],
                widget=forms.RadioSelect,
            )

    @property
    def found(self) -> dict[int, bool | None]:
        """By id of the experience."""
        return {int(name.removeprefix("experience_")): KNOWN[value] for name, value in self.cleaned_data.items()}


class NinetyDaysForm(forms.Form):
    owner = forms.ModelChoiceField(
        queryset=Employee.objects.none(),
        label=_("Who sees to it"),
        help_text=_("The person themselves, or somebody above them."),
    )
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, successor: Successor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        employee = successor.employee
        offer(self, "owner", Employee.objects.employed().filter(pk__in=[employee.pk, *employee.manager_ids]))
