"""What lists of skills can be narrowed by."""

import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import CompetencyKind
from hrportal.people.filters import UnitFilter
from hrportal.people.models import Competency, Employee
from hrportal.people.search import named
from talent.enums import ProfileDay
from talent.filters.common import PersonSearch, families
from talent.models import Certificate
from talent.models.certificates import EXPIRES_SOON


class PersonFilter(PersonSearch):
    """The same where the rows are the people themselves."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(named(value)) if value else qs


class TeamFilter(django_filters.FilterSet):
    q = PersonFilter()
    unit = UnitFilter(field_name="org_unit")
    family = django_filters.ChoiceFilter(
        field_name="job__family", choices=families, label=_("Job family"), empty_label=_("All families")
    )
    day = django_filters.ChoiceFilter(
        method="keep", label=_("The job asks"), choices=ProfileDay.choices, empty_label=None
    )

    def keep(self, queryset: QuerySet[Employee], name: str, value: str) -> QuerySet[Employee]:
        """It changes what is asked and not who is listed."""
        return queryset


class CertificateFilter(django_filters.FilterSet):
    q = PersonSearch(field_name="profile__employee")
    unit = UnitFilter(field_name="profile__employee__org_unit")
    state = django_filters.ChoiceFilter(
        method="by_state",
        label=_("State"),
        empty_label=_("All"),
        choices=[
            ("expiring", _("Ends within 90 days")),
            ("expired", _("Has ended")),
            ("waiting", _("Waits to be verified")),
        ],
    )

    def by_state(self, queryset: QuerySet[Certificate], name: str, value: str) -> QuerySet[Certificate]:
        today: datetime.date = timezone.localdate()
        if value == "expiring":
            return queryset.filter(expires_on__range=(today, today + EXPIRES_SOON))
        if value == "expired":
            return queryset.filter(expires_on__lt=today)
        return queryset.filter(verified_at=None)


class CompetencyLibraryFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Name"))
    kind = django_filters.ChoiceFilter(choices=CompetencyKind.choices, label=_("Kind"), empty_label=_("All kinds"))
    is_active = django_filters.ChoiceFilter(
        method="by_state",
        label=_("State"),
        empty_label=_("In use"),
        choices=[("archived", _("Archived"))],
    )

    @property
    def qs(self) -> QuerySet[Competency]:
        found: QuerySet[Competency] = super().qs
        return found if self.data.get("is_active") == "archived" else found.filter(is_active=True)

    def by_state(self, queryset: QuerySet[Competency], name: str, value: str) -> QuerySet[Competency]:
        return queryset.filter(is_active=False)


class RoleProfileFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Job"))
    family = django_filters.ChoiceFilter(choices=families, label=_("Job family"), empty_label=_("All families"))


class ForecastFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="job__name", lookup_expr="icontains", label=_("Job"))
    unit = UnitFilter(field_name="org_unit")
    family = django_filters.ChoiceFilter(
        field_name="job__family", choices=families, label=_("Job family"), empty_label=_("All families")
    )
