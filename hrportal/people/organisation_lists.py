"""Units, jobs, positions, locations and legal entities as lists, on their pages and to take away; and who waits for a manager."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.exports import Column
from hrportal.people.enums import EmploymentStatus
from hrportal.people.exports import ListKind, filtered, list_kind, of_named
from hrportal.people.filters import OrganisationFilter
from hrportal.people.forms.organisation import KINDS, Kind
from hrportal.people.import_lists import KEEPERS
from hrportal.people.lists import DIRECTORY, person_columns
from hrportal.people.models import Employee, OrgUnit, PendingManager
from hrportal.people.viewer import Principal


def rows_of(kind: Kind, user: Principal) -> Any:
    """Every row of a kind, in use or not, with how many people are there."""
    rows: Any = kind.model._default_manager.all()
    visible = rows.visible_to(user).select_related(*kind.shown_with)
    return visible.annotate(people=_people_there(kind)).order_by("name", "id")


def _people_there(kind: Kind) -> Any:
    """How many people who have not left are on a row."""
    here = Employee.objects.exclude(status=EmploymentStatus.LEFT).filter(**{kind.place: OuterRef("pk")})
    counted: QuerySet[Any, Any] = here.order_by().values(kind.place).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def waiting_for_manager(user: Principal, query: QueryDict) -> Any:
    """People whose manager was named before anybody was known by that, those who wait longest first."""
    waiting = PendingManager.objects.visible_to(user).of_those_here()
    return waiting.select_related("employee__job", "employee__org_unit").order_by("noted_at", "id")


def people_of_unit(user: Principal, query: QueryDict) -> Any:
    """Who works directly in a unit; without `unit` in any."""
    people = Employee.objects.visible_to(user).with_place().exclude(status=EmploymentStatus.LEFT)
    return of_named(query, "unit", OrgUnit.objects.visible_to(user), people, field="org_unit")


DETAILS: dict[str, list[Column]] = {
    "units": [
        Column(gettext_lazy("Kind"), lambda unit: unit.get_kind_display()),
        Column(gettext_lazy("Parent"), lambda unit: unit.parent),
    ],
    "jobs": [
        Column(gettext_lazy("Family"), lambda job: job.family),
        Column(gettext_lazy("Level"), lambda job: job.level),
    ],
    "positions": [
        Column(gettext_lazy("Job"), lambda position: position.job),
        Column(gettext_lazy("Unit"), lambda position: position.org_unit),
        Column(gettext_lazy("Held by"), lambda position: position.incumbent if position.people else None),
    ],
    "locations": [Column(gettext_lazy("Country"), lambda row: row.country)],
    "legal-entities": [Column(gettext_lazy("Country"), lambda row: row.country)],
}


def _columns(slug: str) -> Sequence[Column]:
    return [
        Column(gettext_lazy("Name"), lambda row: row.name),
        Column(gettext_lazy("Code"), lambda row: row.code),
        *DETAILS[slug],
        Column(gettext_lazy("People"), lambda row: row.people),
        Column(gettext_lazy("State"), lambda row: _("In use") if row.is_active else _("Out of use")),
    ]


def _rows(slug: str, user: Principal, query: QueryDict) -> Any:
    return filtered(OrganisationFilter, query, rows_of(KINDS[slug], user), user)


def _waiting_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(gettext_lazy("Unit"), lambda waiting: waiting.employee.org_unit),
        Column(gettext_lazy("Named by"), lambda waiting: waiting.get_key_display()),
        Column(gettext_lazy("Manager named as"), lambda waiting: waiting.value),
        Column(gettext_lazy("Source system"), lambda waiting: waiting.source),
        Column(gettext_lazy("Problem"), lambda waiting: waiting.problem),
        Column(gettext_lazy("From"), lambda waiting: waiting.starts_on),
        Column(gettext_lazy("Noted"), lambda waiting: waiting.noted_at),
    ]


ORGANISATION = {
    slug: list_kind(
        ListKind(
            f"people.{slug.replace('-', '_')}",
            kind.title,
            partial(_columns, slug),
            partial(_rows, slug),
            KEEPERS,
            scope="employees:read",
        )
    )
    for slug, kind in KINDS.items()
}
WAITING = list_kind(
    ListKind(
        "people.pending_managers",
        gettext_lazy("Waiting for a manager"),
        _waiting_columns,
        waiting_for_manager,
        KEEPERS,
        scope="employees:write",
    )
)
UNIT_PEOPLE = list_kind(
    ListKind(
        "people.unit_people",
        gettext_lazy("People of a unit"),
        DIRECTORY.columns,
        people_of_unit,
        scope=DIRECTORY.scope,
    )
)
