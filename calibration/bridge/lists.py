"""What crosses the bridge, and where both sides differ, as lists to take away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calibration.enums import HandOverKind
from calibration.filters import HandOverFilter
from calibration.filters.reconciliation import DifferenceFilter
from calibration.models import Difference, HandOver, Reconciliation
from calibration.reconciliation.figures import Figures, figures_for, last_for
from hrportal.common.exports import Column
from hrportal.journal.enums import DeliveryState
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, Portions, filtered, list_kind, named_in
from hrportal.people.lists import person_columns
from hrportal.people.models import Employee

READERS = HR_ROLES | {Role.INTEGRATION}


@dataclass(frozen=True)
class HandOverLine:
    """One fact on its way, and whom it is about."""

    delivery: HandOver
    person: Employee | None

    @property
    def state(self) -> str:
        is_failing = self.delivery.state == DeliveryState.PENDING and self.delivery.attempts
        return _("Failing, tried again") if is_failing else self.delivery.get_state_display()


def _handover_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Employee number"), lambda line: line.person and line.person.employee_number),
        Column(gettext_lazy("Name"), lambda line: line.person and line.person.name),
        Column(gettext_lazy("What"), lambda line: HandOverKind(line.delivery.subscriber).label),
        Column(gettext_lazy("State"), lambda line: line.state),
        Column(gettext_lazy("Attempts"), lambda line: line.delivery.attempts),
        Column(gettext_lazy("Error"), lambda line: line.delivery.last_error),
        Column(gettext_lazy("Recorded"), lambda line: line.delivery.fact.recorded_at),
        Column(gettext_lazy("Next try"), _next_try),
        Column(gettext_lazy("Done"), lambda line: line.delivery.done_at),
    ]


def _next_try(line: HandOverLine) -> Any:
    return line.delivery.next_try_at if line.delivery.state == DeliveryState.PENDING else None


def _handovers(user: Any, query: QueryDict) -> Portions:
    rows = HandOver.objects.visible_to(user).select_related("fact").order_by("-pk")
    return Portions(filtered(HandOverFilter, query, rows, user), _with_people)


def _with_people(rows: list[HandOver]) -> Iterator[HandOverLine]:
    people = Employee.objects.in_bulk({row.fact.person_id for row in rows})
    for row in rows:
        yield HandOverLine(row, people.get(row.fact.person_id))


def _comparison(user: Any, query: QueryDict) -> Reconciliation | None:
    """The one in the query (`comparison`), or the last."""
    if "comparison" not in query:
        return last_for(user)
    found: Reconciliation | None = named_in(
        query, "comparison", Reconciliation.objects.visible_to(user).finished().with_found(user)
    )
    return found


def _difference_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(gettext_lazy("What"), lambda row: row.effect_label),
        Column(gettext_lazy("Cycle"), lambda row: row.review.cycle if row.review else None),
        Column(gettext_lazy("Difference"), lambda row: row.get_kind_display()),
        Column(gettext_lazy("How they differ"), lambda row: row.get_mismatch_display()),
        Column(gettext_lazy("What helps"), lambda row: row.help_text),
        Column(gettext_lazy("Handed over again"), lambda row: row.handed_over_at),
    ]


def _differences(user: Any, query: QueryDict) -> QuerySet[Difference]:
    rows = Difference.objects.visible_to(user).filter(reconciliation=_comparison(user, query))
    return filtered(DifferenceFilter, query, rows.with_people().order_by("pk"), user)


def _figure_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("What"), lambda row: row.label),
        Column(gettext_lazy("Covered"), lambda row: row.covered),
        Column(gettext_lazy("Right"), lambda row: row.right),
        Column(gettext_lazy("Missing"), lambda row: row.missing),
        Column(gettext_lazy("Wrong"), lambda row: row.wrong),
        Column(gettext_lazy("Too much"), lambda row: row.extra),
        Column(gettext_lazy("Parked"), lambda row: row.parked),
        Column(gettext_lazy("On its way"), lambda row: row.pending),
    ]


def _figures(user: Any, query: QueryDict) -> list[Figures]:
    found = _comparison(user, query)
    return figures_for(found, user) if found else []


HANDOVERS = list_kind(
    ListKind("calibration.handovers", gettext_lazy("Hand-over"), _handover_columns, _handovers, READERS)
)
DIFFERENCES = list_kind(
    ListKind("calibration.differences", gettext_lazy("Differences"), _difference_columns, _differences, READERS)
)
FIGURES = list_kind(
    ListKind("calibration.comparison", gettext_lazy("Both sides compared"), _figure_columns, _figures, READERS)
)
