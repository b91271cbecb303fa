"""What the list of data to look at again can be narrowed by."""

import django_filters
from django.utils.translation import gettext_lazy as _

from talent.enums import Datum

KINDS = [(kind.value, kind.label) for kind in (Datum.POTENTIAL, Datum.FLIGHT_RISK, Datum.SUCCESSION)]


class RefreshTaskFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=KINDS, label=_("What"), empty_label=_("Everything"))
