"""What is typed about vacancies."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import VersionedForm, offer
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee, Position
from hrportal.people.search import named
from hrportal.people.viewer import Principal
from talent.enums import PlacementOutcome
from talent.forms.succession import SHOWN, text
from talent.models import SuccessionPlan, Vacancy
from talent.models.succession import own_circle
from talent.search import seats_named


def open_seats_for(user: Principal) -> QuerySet[Position]:
    """Seats of which a person of HR may say that they fall vacant: those they look after that have no open vacancy, without
    their own (a partner: nor their superiors') and without those on whose bench they stand."""
    viewer = user.viewer
    seats = Position.objects.filter(is_active=True).exclude(vacancies__in=Vacancy.objects.open())
    if not viewer.is_client:
        seats = seats.exclude(succession_plan__in=SuccessionPlan.objects.about(viewer))
    if not viewer.is_over_all:
        seats = seats.filter(viewer.seats(viewer.given_units, ""))
    return seats.exclude(incumbent__in=own_circle(viewer)).select_related("org_unit", "job", "incumbent")


def takers_for(vacancy: Vacancy, user: Principal) -> QuerySet[Employee]:
    """People who may have taken a seat: whoever has not left, without oneself (a partner: nor their superiors)."""
    people = Employee.objects.filter(user.viewer.client_rows("")).exclude(status=EmploymentStatus.LEFT)
    people = people.exclude(pk__in=own_circle(user.viewer))
    return people.select_related("job", "org_unit")


class VacancyForm(forms.ModelForm):
    """When and why a seat falls vacant."""

    class Meta:
        model = Vacancy
        fields = ["opened_on", "reason", "is_planned", "note"]
        widgets = {
            "opened_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial.setdefault("opened_on", timezone.localdate())


class VacancyEditForm(VacancyForm, VersionedForm):
    pass


class VacancyOpenForm(VacancyForm):
    """A seat is found by a search."""

    position = forms.ModelChoiceField(queryset=Position.objects.none(), widget=forms.RadioSelect, label=_("Role"))

    field_order = ["position"]

    def __init__(self, *args: Any, user: Principal, search: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = open_seats_for(user)
        offer(self, "position", seats)
        self.found = list(seats.filter(seats_named(search)).order_by("org_unit__path", "name")[:SHOWN])


class FillForm(forms.Form):
    """Who took the seat, and since when. The bench is offered first; others are found by a search."""

    employee = forms.ModelChoiceField(
        queryset=Employee.objects.none(),
        widget=forms.RadioSelect,
        label=_("Who took the role"),
        required=False,
        help_text=_("From where they came is worked out of the bench and of their history."),
    )
    is_external = forms.BooleanField(label=_("Somebody from outside who is not in the directory yet"), required=False)
    filled_on = forms.DateField(label=_("Filled on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    decision = text(_("Why this person"), help_text=_("Stays with the vacancy, for the same people who see the bench."))

    def __init__(self, *args: Any, vacancy: Vacancy, user: Principal, search: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = takers_for(vacancy, user)
        offer(self, "employee", people)
        self.fields["filled_on"].initial = timezone.localdate()
        self.fields["employee"].initial = vacancy.proposed_id
        if search:
            self.found = list(people.filter(named(search))[:SHOWN])
        else:
            self.found = _offered_first(vacancy, people)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("employee")) == given.pop("is_external", False) and "employee" not in self.errors:
            self.add_error(
                "employee", _("Choose who took the role, or say that they come from outside: one of the two.")
            )
        return given


def _offered_first(vacancy: Vacancy, people: QuerySet[Employee]) -> list[Employee]:
    """Whoever sits there by now, then those on the bench, best first."""
    bench = vacancy.plan.successors.standing().values_list("employee", flat=True) if vacancy.plan else []
    wanted = list(dict.fromkeys([pk for pk in (vacancy.proposed_id, *bench) if pk]))
    found = {person.pk: person for person in people.filter(pk__in=wanted)}
    return [found[pk] for pk in wanted if pk in found]


class HireForm(forms.Form):
    employee = forms.ModelChoiceField(
        queryset=Employee.objects.none(), widget=forms.RadioSelect, label=_("Who took the role")
    )

    def __init__(self, *args: Any, vacancy: Vacancy, user: Principal, search: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = takers_for(vacancy, user)
        offer(self, "employee", people)
        found = people.filter(named(search)) if search else people.filter(position=vacancy.position_id)
        self.found = list(found[:SHOWN])


class CancelForm(forms.Form):
    decision = text(_("Why"), help_text=_("For instance: the seat is given up, or whoever was to leave stays."))


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(label=_("After a year"), choices=PlacementOutcome.choices, widget=forms.RadioSelect)
    outcome_reason = text(_("Why"), help_text=_("What you have seen. A suggestion beside is only that."))
