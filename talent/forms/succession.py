"""What is typed about benches."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import offer
from hrportal.people.enums import Role
from hrportal.people.models import Employee, Position
from hrportal.people.search import named
from talent.enums import Readiness
from talent.models import SuccessionPlan
from talent.models.succession import own_circle

SHOWN = 20


def text(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 4}), **options)


def seats_for(user: Any) -> QuerySet[Position]:
    """Seats a person of HR may call critical: those they look after, without their own (a partner: nor their superiors')."""
    viewer = user.viewer
    seats = Position.objects.filter(is_active=True).exclude(succession_plan__is_active=True)
    # A bench that was retired comes back as it was, so it must not be about whoever takes it up again.
    seats = seats.exclude(succession_plan__in=SuccessionPlan.objects.about(viewer))
    if not (viewer.is_client or viewer.has(Role.HR_LEADER)):
        seats = seats.filter(viewer.seats(viewer.partner_units, ""))
    return seats.exclude(incumbent__in=own_circle(viewer)).select_related("org_unit", "job", "incumbent")


def candidates_for(plan: SuccessionPlan, user: Any) -> QuerySet[Employee]:
    """People one may put on a bench: nobody on it yet, not the incumbent, not oneself (a partner: nor their superiors)."""
    standing = plan.successors.standing().order_by().values("employee")
    people = Employee.objects.employed().exclude(pk__in=standing).exclude(pk__in=own_circle(user.viewer))
    return people.exclude(position=plan.position_id).select_related("job", "org_unit")


class CriticalRoleForm(forms.ModelForm):
    class Meta:
        model = SuccessionPlan
        fields = ["reason", "vacancy_risk", "owner"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"reason": _("What would stop, and for how long, if nobody sat here tomorrow?")}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        incumbent = getattr(getattr(self.instance, "position", None), "incumbent", None)
        able = Q(user__grants__revoked_at=None, user__grants__role__in=[Role.HR_LEADER, Role.HRBP, Role.EXECUTIVE])
        owners = Employee.objects.employed().filter(able).exclude(pk__in=[incumbent.pk] if incumbent else [])
        offer(self, "owner", owners.distinct()).empty_label = _("Nobody yet")


class DesignateForm(CriticalRoleForm):
    """A seat is found by a search; the most promising ones are offered to choose from."""

    position = forms.ModelChoiceField(queryset=Position.objects.none(), widget=forms.RadioSelect, label=_("Role"))
    field_order = ["position", "reason", "vacancy_risk", "owner"]

    def __init__(self, *args: Any, user: Any, search: str = "", **kwargs: Any) -> None:
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
    rationale = text(_("Why"), required=False, help_text=_("What you have seen that speaks for it."))

    def __init__(self, *args: Any, plan: SuccessionPlan, user: Any, search: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = candidates_for(plan, user)
        offer(self, "employee", people)
        if not search and plan.incumbent:
            people = people.filter(manager=plan.incumbent)
        self.found = list(people.filter(named(search))[:SHOWN])


class ReadinessForm(forms.Form):
    readiness = forms.ChoiceField(label=_("Readiness"), choices=Readiness.choices)
    rationale = text(_("Why"), help_text=_("What has changed, or why it still holds."))


class RemoveForm(forms.Form):
    reason = text(_("Why"), help_text=_("It stays with the bench's history."))
