"""How people narrow the directory and the list of accounts."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hrportal.common.paths import at_or_below
from hrportal.people.enums import ChangeKind, EmploymentStatus, Role
from hrportal.people.fields import UnitField
from hrportal.people.models import Employee, ImportChange, Job, Location, OrgUnit, User
from hrportal.people.search import beginning_with


class SearchBox(forms.TextInput):
    input_type = "search"


class UnitFilter(django_filters.Filter):
    """Rows of a unit and all below it; `field_name` leads from the row to the unit."""

    field_class = UnitField

    def __init__(self, field_name: str = "org_unit", **options: Any) -> None:
        super().__init__(field_name=field_name, label=_("Unit"), **options)

    def filter(self, qs: QuerySet[Any], value: OrgUnit | None) -> QuerySet[Any]:
        return qs.filter(at_or_below(value.path, field=f"{self.field_name}__path")) if value else qs


class DirectoryFilter(django_filters.FilterSet):
    """Nothing here reads a field that is not shown to everyone."""

    q = django_filters.CharFilter(label=_("Name, number or e-mail"), method="search", widget=SearchBox, max_length=100)
    unit = UnitFilter()
    job = django_filters.ModelChoiceFilter(label=_("Job"), queryset=Job.objects.all(), empty_label=_("All jobs"))
    location = django_filters.ModelChoiceFilter(
        label=_("Location"), queryset=Location.objects.all(), empty_label=_("All locations")
    )
    manager = django_filters.NumberFilter(field_name="manager_id", widget=forms.HiddenInput)
    show = django_filters.ChoiceFilter(
        label=_("Show"), choices=[("left", _("Left"))], method="keep", empty_label=_("Working here")
    )

    def filter_queryset(self, queryset: QuerySet[Employee]) -> QuerySet[Employee]:
        left = Q(status=EmploymentStatus.LEFT)
        wanted = left if self.form.cleaned_data.get("show") == "left" else ~left
        return super().filter_queryset(queryset.filter(wanted))

    def search(self, queryset: QuerySet[Employee], name: str, value: str) -> QuerySet[Employee]:
        fields = ["first_name", "last_name", "preferred_name", "employee_number", "work_email"]
        return queryset.filter(beginning_with(value, fields))

    def keep(self, queryset: QuerySet[Employee], name: str, value: str) -> QuerySet[Employee]:
        return queryset


class AccountFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Name, user name or e-mail"), method="search", widget=SearchBox, max_length=100
    )
    role = django_filters.ChoiceFilter(
        label=_("Role"), choices=[(r.value, r.label) for r in Role.granted()], method="holding", empty_label=_("Any")
    )
    state = django_filters.ChoiceFilter(
        label=_("Account"),
        choices=[("open", _("Open")), ("closed", _("Closed"))],
        method="in_state",
        empty_label=_("Any"),
    )

    def search(self, queryset: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        fields = ["username", "email", "employee__first_name", "employee__last_name", "employee__employee_number"]
        return queryset.filter(beginning_with(value, fields))

    def holding(self, queryset: QuerySet[User], name: str, role: str) -> QuerySet[User]:
        return queryset.filter(grants__role=role, grants__revoked_at=None).distinct()

    def in_state(self, queryset: QuerySet[User], name: str, state: str) -> QuerySet[User]:
        return queryset.filter(is_active=state == "open")


class ImportChangeFilter(django_filters.FilterSet):
    """The people a file concerns."""

    q = django_filters.CharFilter(label=_("Name or number"), method="search", widget=SearchBox, max_length=100)
    kind = django_filters.ChoiceFilter(label=_("What happens"), choices=ChangeKind.choices, empty_label=_("Anything"))
    stays = django_filters.BooleanFilter(
        label=_("Taking back"),
        method="keep_stays",
        widget=forms.Select(choices=[("", _("All")), ("true", _("Left alone"))]),
    )

    def search(self, queryset: QuerySet[ImportChange], name: str, value: str) -> QuerySet[ImportChange]:
        fields = ["employee_number", "name", "employee__first_name", "employee__last_name"]
        return queryset.filter(beginning_with(value, fields))

    def keep_stays(self, queryset: QuerySet[ImportChange], name: str, value: bool) -> QuerySet[ImportChange]:
        return queryset.exclude(conflicts=[]) if value else queryset


class OrganisationFilter(django_filters.FilterSet):
    """Units, jobs, positions, locations or legal entities, whichever the rows are."""

    q = django_filters.CharFilter(label=_("Name or code"), method="search", widget=SearchBox, max_length=100)
    show = django_filters.ChoiceFilter(
        label=_("Show"),
        choices=[("closed", _("Out of use")), ("all", _("All"))],
        method="keep",
        empty_label=_("In use"),
    )

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        show = self.form.cleaned_data.get("show")
        wanted = queryset if show == "all" else queryset.filter(is_active=show != "closed")
        return super().filter_queryset(wanted)

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(beginning_with(value, ["name", "code"]))

    def keep(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset
