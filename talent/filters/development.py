"""What the list of development plans can be narrowed by."""

import django_filters
from django.utils.translation import gettext_lazy as _

from hrportal.people.filters import UnitFilter
from talent.enums import PlanState
from talent.filters.common import PersonSearch


class PlanFilter(django_filters.FilterSet):
    q = PersonSearch(field_name="employee")
    unit = UnitFilter(field_name="employee__org_unit")
    state = django_filters.ChoiceFilter(
        choices=PlanState.choices, label=_("State"), empty_label=_("Open and completed")
    )


class PlanItemFilter(django_filters.FilterSet):
    q = PersonSearch(field_name="plan__employee")
    unit = UnitFilter(field_name="plan__employee__org_unit")
