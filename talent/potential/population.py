"""Whom a round is about: people HR looks after, narrowed by unit, job family and level."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hrportal.common.paths import at_or_below
from hrportal.people.enums import HR_ROLES
from hrportal.people.models import Employee, OrgUnit
from hrportal.people.viewer import Viewer


class SecondRater(models.TextChoices):
    """Who is asked besides the manager as a round begins; others can be named for each person."""

    SKIP_LEVEL = "skip_level", _("The manager’s manager")
    NAMED = "named", _("Somebody named for each person")


def pool_keepers() -> QuerySet[Employee]:
    """Who can own a pool: people of HR, to whom its page opens."""
    in_hr = Q(user__grants__revoked_at=None, user__grants__role__in=sorted(HR_ROLES))
    return Employee.objects.employed().filter(in_hr).distinct()


def population_of(scope: Mapping[str, Any], viewer: Viewer) -> QuerySet[Employee]:
    """Those who work here, whom this viewer looks after and the scope means: `unit` (id), `families`, `levels`.

    Nobody launches a round about themselves: HR never looks after itself.
    """
    people = Employee.objects.employed().filter(viewer.client_rows("") if viewer.is_client else viewer.hr(""))
    if unit_id := scope.get("unit"):
        unit = OrgUnit.objects.get(pk=unit_id)
        people = people.filter(at_or_below(unit.path, field="org_unit__path"))
    if families := scope.get("families"):
        people = people.filter(job__family__in=families)
    if levels := scope.get("levels"):
        people = people.filter(job__level__in=levels)
    return people
