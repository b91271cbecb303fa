"""The lists of talent reviews that can be taken away. What a cell holds is what its reader sees on the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.exports import Column
from hrportal.common.numbers import is_number
from hrportal.common.paths import below
from hrportal.people.exports import ListKind, Portions, filtered, list_kind, named_in, of_named
from hrportal.people.lists import person_columns
from hrportal.people.viewer import Principal
from talent.filters.talent_reviews import ReviewMemberFilter, TalentReviewFilter
from talent.models import BoxPlacement, FlightRisk, MemberNote, ReviewMember, ReviewTask, TalentReview
from talent.retention.looks import look_at
from talent.staleness import StaleDatum
from talent.talent_reviews.board import Table
from talent.talent_reviews.boxes import label_of


def _review_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Talent review"), lambda review: review.name),
        Column(gettext_lazy("Unit"), lambda review: review.org_unit),
        Column(gettext_lazy("Job family"), lambda review: review.job_family),
        Column(gettext_lazy("Job level"), lambda review: review.job_level),
        Column(gettext_lazy("State"), lambda review: review.get_state_display()),
        Column(gettext_lazy("People you see"), lambda review: review.member_count),
        Column(gettext_lazy("Led by"), lambda review: review.facilitator or review.owner),
        Column(gettext_lazy("Day"), lambda review: review.held_on),
    ]


def _reviews(user: Principal, query: QueryDict) -> QuerySet[TalentReview]:
    rows = TalentReview.objects.visible_to(user).with_people().with_counts(user)
    return filtered(TalentReviewFilter, query, rows, user)


class _TasksOfReview(django_filters.FilterSet):
    """Of one review those whose person the reader may know: of the others it is not told which review they came of."""

    review = django_filters.NumberFilter(method="of_review")

    def of_review(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return rows.filter(decision__member__review=value, names_person=True)


def _members(user: Principal, query: QueryDict) -> Any:
    """Of the review in the query, as its grid is filtered (with `card` only those), or of all one sees; for a client that may
    not read ratings without what rests on them."""
    rows = ReviewMember.objects.visible_to(user).with_people().select_related("review", "placement__decided_by")
    if "card" in query:
        rows = rows.filter(pk__in=[int(number) for number in query.getlist("card") if is_number(number)])
    seen = TalentReview.objects.visible_to(user)
    review = named_in(query, "review", seen)
    found = filtered(partial(ReviewMemberFilter, review=review), query, of_named(query, "review", seen, rows), user)
    return found if user.viewer.may_use("ratings:read") else Portions(found, _without_ratings)


def _without_ratings(members: list[ReviewMember]) -> Iterator[ReviewMember]:
    for member in members:
        member.performance = member.figures_box = None
        yield member


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


def _tasks(user: Principal, query: QueryDict) -> QuerySet[ReviewTask]:
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


@dataclass(frozen=True)
class NoteLine:
    """One of one's people on a list, with what one wrote before the meeting."""

    member: ReviewMember
    note: MemberNote | None

    @property
    def box(self) -> str | None:
        return _label(self.member, self.note.box if self.note else None)


def _note_columns() -> Sequence[Column]:
    return [
        *person_columns("member.employee"),
        Column(gettext_lazy("Talent review"), lambda line: line.member.review),
        Column(gettext_lazy("Job"), lambda line: line.member.job),
        Column(gettext_lazy("Proposed box"), lambda line: line.box),
        Column(gettext_lazy("Your note"), lambda line: line.note and line.note.note),
    ]


def _notes(user: Principal, query: QueryDict) -> Portions:
    rows = ReviewMember.objects.visible_to(user).filter(below(user.viewer.path, field="employee__path"))
    rows = of_named(query, "review", TalentReview.objects.visible_to(user), rows)
    return Portions(rows.with_people().select_related("review"), lambda members: _with_notes(members, user))


def _with_notes(members: list[ReviewMember], user: Principal) -> Iterator[NoteLine]:
    written = MemberNote.objects.filter(employee=user.viewer.employee_id, member__in=members)
    notes = {note.member_id: note for note in written}
    for member in members:
        yield NoteLine(member, notes.get(member.pk))


def _risk_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(gettext_lazy("Likelihood"), lambda risk: risk.get_likelihood_display()),
        Column(gettext_lazy("Impact"), lambda risk: risk.get_impact_display()),
        Column(gettext_lazy("Assessed"), lambda risk: risk.assessed_on),
        Column(gettext_lazy("Out of date"), lambda risk: _("yes") if risk.is_stale else _("no")),
    ]


def _risks(user: Principal, query: QueryDict) -> list[FlightRisk]:
    """Of the people of the review in the query, by the rights of retention; that they were looked at is noted."""
    review = named_in(query, "review", TalentReview.objects.visible_to(user))
    if review is None:
        return []
    people = Table(review, user).members.order_by().values("employee")
    risks = FlightRisk.objects.visible_to(user).current().filter(employee__in=people)
    return look_at(risks.with_people().order_by("employee__last_name", "employee__first_name", "pk"), by=user)


REVIEWS = list_kind(ListKind("talent.review_list", gettext_lazy("Talent reviews"), _review_columns, _reviews))
MEMBERS = list_kind(
    ListKind("talent.review_members", gettext_lazy("Places of talent reviews"), _member_columns, _members)
)
TASKS = list_kind(ListKind("talent.review_tasks", gettext_lazy("Tasks of talent reviews"), _task_columns, _tasks))
NOTES = list_kind(ListKind("talent.review_notes", gettext_lazy("Notes before talent reviews"), _note_columns, _notes))
RISKS = list_kind(
    ListKind("talent.review_risks", gettext_lazy("Risk of loss in talent reviews"), _risk_columns, _risks)
)
