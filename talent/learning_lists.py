"""The learning catalogue and enrolments as lists to take away."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, filtered, list_kind, of_named
from hrportal.people.lists import person_columns
from hrportal.people.viewer import Principal
from talent.filters import EnrolmentFilter, LearningFilter
from talent.models import Enrolment, LearningItem

READERS = HR_ROLES | {Role.EMPLOYEE, Role.INTEGRATION}


def _item_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Title"), lambda item: item.title),
        Column(gettext_lazy("Provider"), lambda item: item.provider),
        Column(gettext_lazy("Kind"), lambda item: item.get_kind_display()),
        Column(gettext_lazy("Builds"), lambda item: item.competency),
        Column(gettext_lazy("Up to level"), lambda item: item.level),
        Column(gettext_lazy("What finishing says"), lambda item: item.get_proof_display()),
        Column(gettext_lazy("Hours"), lambda item: item.hours),
        Column(gettext_lazy("Cost"), lambda item: item.cost),
        Column(gettext_lazy("Currency"), lambda item: item.currency),
        Column(gettext_lazy("Offered"), lambda item: _("yes") if item.is_active else _("no")),
        Column(gettext_lazy("Link"), lambda item: item.url),
    ]


def _items(user: Principal, query: QueryDict) -> QuerySet[LearningItem]:
    """Who keeps the catalogue also finds what is no longer offered."""
    rows = LearningItem.objects.visible_to(user).select_related("competency")
    keeps = user.has_perm("talent.add_learning_item")
    return filtered(LearningFilter, query, rows if keeps else rows.active(), user)


def _enrolment_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(gettext_lazy("Unit"), lambda row: row.employee.org_unit),
        Column(gettext_lazy("What"), lambda row: row.learning_item),
        Column(gettext_lazy("Competency"), lambda row: row.learning_item.competency),
        Column(gettext_lazy("State"), lambda row: row.get_state_display()),
        Column(gettext_lazy("Asked for"), lambda row: row.requested_at),
        Column(gettext_lazy("Completed"), lambda row: row.completed_on),
        Column(gettext_lazy("Score"), lambda row: row.score),
        Column(gettext_lazy("Confirmed"), lambda row: row.verified_at),
    ]


def _enrolments(user: Principal, query: QueryDict) -> QuerySet[Enrolment]:
    """`whose=own` or `whose=others`, of the entry in the query (`item`); else all one sees."""
    rows, me = Enrolment.objects.visible_to(user).with_names(), user.viewer.employee_id
    rows = of_named(query, "item", LearningItem.objects.visible_to(user), rows, field="learning_item")
    if query.get("whose") == "own":
        rows = rows.filter(employee=me) if me else rows.none()
    elif query.get("whose") == "others":
        rows = rows.exclude(employee=me)
    return filtered(EnrolmentFilter, query, rows, user)


ITEMS = list_kind(ListKind("talent.learning", gettext_lazy("Learning catalogue"), _item_columns, _items, READERS))
ENROLMENTS = list_kind(
    ListKind("talent.enrolments", gettext_lazy("Enrolments"), _enrolment_columns, _enrolments, READERS)
)
