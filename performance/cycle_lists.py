"""The lists around cycles that can be taken away: who is in, who is late, who is in none, what cycles are made of."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, filtered, list_kind, named_in, of_named
from hrportal.people.lists import person_columns
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from performance.cycles.lateness import late
from performance.cycles.population import population_of
from performance.enums import LeftOut, ReviewState, Side
from performance.filters import PopulationFilter
from performance.models import PartVersion, RatingScale, Review, ReviewCycle, ReviewExemption, ReviewTemplate


def _person_in_columns() -> Sequence[Column]:
    return [
        *person_columns(),
        Column(gettext_lazy("Unit"), lambda person: person.org_unit),
        Column(gettext_lazy("Hired"), lambda person: person.hired_on),
        Column(gettext_lazy("Manager"), lambda person: person.manager),
        Column(
            gettext_lazy("In this cycle"), lambda person: LeftOut(person.left_out).label if person.left_out else _("In")
        ),
    ]


def people_of(cycle: ReviewCycle) -> Any:
    """Everyone, each saying why they are not in the cycle if they are not."""
    return population_of(cycle).everyone.with_place().order_by("last_name", "first_name", "pk")


def _population(user: Principal, query: QueryDict) -> Any:
    """The people of the cycle that `cycle` names, for whoever may preview them; without one, nobody."""
    cycle = named_in(query, "cycle", ReviewCycle.objects.visible_to(user))
    if cycle is None or not user.has_perm("performance.preview_population", cycle):
        return Employee.objects.none()
    return filtered(PopulationFilter, query, people_of(cycle), user)


def late_reviews(user: Principal, query: QueryDict) -> Any:
    """Reviews of people one looks after on which somebody is late, those who wait longest first; with `cycle` of one cycle."""
    reviews = Review.objects.visible_to(user).filter(user.viewer.hr(), late(timezone.localdate()))
    found = of_named(query, "cycle", ReviewCycle.objects.visible_to(user), reviews)
    return found.with_people().order_by("manager_due_on", "self_due_on", "pk")


def _late_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(gettext_lazy("Unit"), lambda review: review.org_unit),
        Column(gettext_lazy("Cycle"), lambda review: review.cycle),
        Column(gettext_lazy("State"), lambda review: review.get_state_display()),
        Column(gettext_lazy("Waits for"), _waits_for),
        Column(gettext_lazy("Due"), _due),
    ]


def _waits_for(review: Review) -> Any:
    if review.state == ReviewState.SELF_ASSESSMENT:
        return review.employee
    return _("Second approver") if review.state == ReviewState.SECOND_APPROVAL else review.reviewer


def _due(review: Review) -> Any:
    dates = {
        ReviewState.SELF_ASSESSMENT: review.self_due_on,
        ReviewState.GOAL_SETTING: review.cycle.goals_due_on,
        ReviewState.SECOND_APPROVAL: review.cycle.approval_due_on,
    }
    return dates.get(ReviewState(review.state), review.manager_due_on)


def exemptions(user: Principal, query: QueryDict) -> Any:
    """Who is in no cycle, why, and until when."""
    rows = ReviewExemption.objects.visible_to(user).current()
    return rows.select_related("employee__job", "employee__org_unit", "made_by")


def _exemption_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(gettext_lazy("Reason"), lambda row: row.reason),
        Column(gettext_lazy("Until"), lambda row: row.until),
        Column(gettext_lazy("Noted"), lambda row: row.made_at),
        Column(gettext_lazy("By"), lambda row: row.made_by),
    ]


def earlier_versions(user: Principal, query: QueryDict) -> Any:
    """Earlier versions of halves of reviews, newest first; with `review` and `side` those of one half."""
    versions = PartVersion.objects.visible_to(user).select_related("author", "part__review__employee")
    if side := query.get("side"):
        versions = versions.filter(part__side=side) if side in Side.values else versions.none()
    return of_named(query, "review", Review.objects.visible_to(user), versions, field="part__review")


def _version_columns() -> Sequence[Column]:
    return [
        *person_columns("part.review.employee"),
        Column(gettext_lazy("Part"), lambda version: version.part.get_side_display()),
        Column(gettext_lazy("Saved"), lambda version: version.saved_at),
        Column(gettext_lazy("Author"), lambda version: version.author),
        Column(gettext_lazy("Cause"), lambda version: version.get_cause_display()),
    ]


def with_usage(user: Principal, masters: QuerySet[Any], field: str) -> list[tuple[Any, int]]:
    """Each with the number of cycles that use it or a copy of it; archived ones last."""
    rows = list(masters.order_by(F("archived_at").asc(nulls_first=True), "name", "pk"))
    cycles = cycles_using(user, field, [row.pk for row in rows])
    counts = Counter(
        original or used for used, original in cycles.values_list(field, f"{field}__copied_from").order_by()
    )
    return [(row, counts[row.pk]) for row in rows]


def cycles_using(user: Principal, field: str, masters: Iterable[int]) -> QuerySet[ReviewCycle]:
    """The cycles a reader sees that use one of these masters or a copy of it."""
    used = Q(**{f"{field}__in": masters}) | Q(**{f"{field}__copied_from__in": masters})
    return ReviewCycle.objects.visible_to(user).filter(used)


def templates(user: Principal, query: QueryDict) -> list[tuple[ReviewTemplate, int]]:
    """What cycles can be made of, each with how many use it."""
    return with_usage(user, ReviewTemplate.objects.visible_to(user).prefetch_related("sections"), "template")


def scales(user: Principal, query: QueryDict) -> list[tuple[RatingScale, int]]:
    """Rating scales, each with how many cycles use it."""
    return with_usage(user, RatingScale.objects.visible_to(user).prefetch_related("levels"), "scale")


def _master_columns(title: Any, parts: str) -> Sequence[Column]:
    return [
        Column(gettext_lazy("Name"), lambda row: row[0]),
        Column(title, lambda row: "\n".join(map(str, getattr(row[0], parts).all()))),
        Column(gettext_lazy("Cycles"), lambda row: row[1]),
        Column(gettext_lazy("Archived"), lambda row: row[0].archived_at),
    ]


READERS = HR_ROLES | {Role.INTEGRATION}
POPULATION = list_kind(
    ListKind(
        "performance.cycle_population", gettext_lazy("People of a cycle"), _person_in_columns, _population, HR_ROLES
    )
)
LATE = list_kind(
    ListKind("performance.late_reviews", gettext_lazy("Late reviews"), _late_columns, late_reviews, HR_ROLES)
)
EXEMPTIONS = list_kind(
    ListKind("performance.exemptions", gettext_lazy("People in no cycle"), _exemption_columns, exemptions, READERS)
)
VERSIONS = list_kind(
    ListKind("performance.part_versions", gettext_lazy("Earlier versions"), _version_columns, earlier_versions)
)
TEMPLATES = list_kind(
    ListKind(
        "performance.templates",
        gettext_lazy("Templates of reviews"),
        partial(_master_columns, gettext_lazy("Sections"), "sections"),
        templates,
        READERS,
        scope="cycles:write",
    )
)
SCALES = list_kind(
    ListKind(
        "performance.scales",
        gettext_lazy("Rating scales"),
        partial(_master_columns, gettext_lazy("Levels"), "levels"),
        scales,
        READERS,
        scope="cycles:write",
    )
)
