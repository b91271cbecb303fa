"""The lists of talent reviews that can be taken away. What a cell holds is what its reader sees on the page."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.exports import Column
from hrportal.people.exports import ListKind, filtered, list_kind
from hrportal.people.lists import person_columns
from talent.models import BoxPlacement, ReviewMember, ReviewTask
from talent.staleness import StaleDatum
from talent.talent_reviews.boxes import label_of


class _OfReview(django_filters.FilterSet):
    """The list of one review, or of all one sees."""

    review = django_filters.NumberFilter(field_name="review_id")


class _TasksOfReview(django_filters.FilterSet):
    """Of one review those whose person the reader may know: of the others it is not told which review they came of."""

    review = django_filters.NumberFilter(method="of_review")

    def of_review(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return rows.filter(decision__member__review=value, names_person=True)


def _members(user: Any, query: QueryDict) -> QuerySet[ReviewMember]:
    members = ReviewMember.objects.visible_to(user).with_people()
    return filtered(_OfReview, query, members.select_related("review", "placement__decided_by"), user)


def _member_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(gettext_lazy("Talent review"), lambda member: member.review),
        Column(gettext_lazy("Unit"), lambda member: member.org_unit),
        Column(gettext_lazy("Job"), lambda member: member.job),
        Column(gettext_lazy("Manager"), lambda member: member.manager),
        Column(gettext_lazy("Figures of"), lambda member: member.figures_on),
        Column(gettext_lazy("Performance"), lambda member: member.performance),
        Column(gettext_lazy("Potential"), lambda member: member.potential),
        Column(gettext_lazy("By the figures"), lambda member: _label(member, member.figures_box)),
        Column(gettext_lazy("Box"), _placed),
        Column(gettext_lazy("Why"), lambda member: member.rationale),
        Column(gettext_lazy("Discussed"), lambda member: _("yes") if member.is_discussed else _("no")),
        Column(gettext_lazy("Decided by"), lambda member: getattr(_placement(member), "decided_by", None)),
        Column(gettext_lazy("Decided at"), lambda member: getattr(_placement(member), "decided_at", None)),
        Column(gettext_lazy("Rested on what was out of date"), _stale),
    ]


def _placement(member: ReviewMember) -> BoxPlacement | None:
    return getattr(member, "placement", None)


def _label(member: ReviewMember, box: int | None) -> str | None:
    return label_of(member.review, box) if box else None


def _placed(member: ReviewMember) -> str:
    placement = _placement(member)
    return placement.label if placement else label_of(member.review, member.box)


def _stale(member: ReviewMember) -> str:
    placement = _placement(member)
    found = [StaleDatum.of(stored) for stored in placement.rested_on_stale] if placement else []
    return "; ".join(f"{datum.label} {datum.on.isoformat()}" for datum in found)


def _tasks(user: Any, query: QueryDict) -> QuerySet[ReviewTask]:
    tasks = ReviewTask.objects.visible_to(user).naming(user).with_all()
    return filtered(_TasksOfReview, query, tasks, user)


def _if_named(read: Any) -> Any:
    """What tells whom a task is about stays empty where its reader may not know."""
    return lambda task: read(task.decision) if task.names_person else None


def _task_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Employee number"), _if_named(lambda decision: decision.member.employee.employee_number)),
        Column(gettext_lazy("Name"), _if_named(lambda decision: decision.member.employee.name)),
        Column(gettext_lazy("Talent review"), _if_named(lambda decision: decision.member.review)),
        Column(gettext_lazy("Decision"), _if_named(lambda decision: f"{decision.get_kind_display()}: {decision.what}")),
        Column(gettext_lazy("Why"), _if_named(lambda decision: decision.reason)),
        Column(gettext_lazy("Task"), lambda task: task.title),
        Column(gettext_lazy("Owner"), lambda task: task.owner),
        Column(gettext_lazy("Due"), lambda task: task.due_on),
        Column(gettext_lazy("State"), lambda task: task.get_state_display()),
        Column(gettext_lazy("What came of it"), lambda task: task.note),
    ]


MEMBERS = list_kind(
    ListKind("talent.review_members", gettext_lazy("Places of talent reviews"), _member_columns, _members)
)
TASKS = list_kind(ListKind("talent.review_tasks", gettext_lazy("Tasks of talent reviews"), _task_columns, _tasks))
