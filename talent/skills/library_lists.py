"""What jobs ask for, as lists to take away: the library of competencies, role profiles, the strategy of job families."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.exports import Column
from hrportal.people.exports import ListKind, Portions, filtered, list_kind, of_named
from hrportal.people.lists import person_columns
from hrportal.people.models import Competency, Job, RoleProfileEntry
from hrportal.people.viewer import Principal
from talent.filters.skills import CompetencyLibraryFilter, RoleProfileFilter
from talent.skills.lists import READERS
from talent.skills.strategy import Distance, FamilyLine, Wanted, families, jobs_described, strategy_of


@dataclass(frozen=True)
class LibraryLine:
    """A competency with how many jobs ask for it."""

    competency: Competency
    described: int
    jobs: int


def _library_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Code"), lambda line: line.competency.code),
        Column(gettext_lazy("Competency"), lambda line: line.competency.name),
        Column(gettext_lazy("Description"), lambda line: line.competency.description),
        Column(gettext_lazy("Kind"), lambda line: line.competency.get_kind_display()),
        Column(gettext_lazy("In use"), lambda line: _("yes") if line.competency.is_active else _("no")),
        Column(gettext_lazy("Levels described"), lambda line: line.described),
        Column(gettext_lazy("Jobs that ask for it"), lambda line: line.jobs),
    ]


def _library(user: Principal, query: QueryDict) -> Portions:
    rows = Competency.objects.annotate(described=Count("levels")).order_by("kind", "name", "pk")
    return Portions(filtered(CompetencyLibraryFilter, query, rows, user), _with_jobs)


def _with_jobs(rows: list[Any]) -> Iterator[LibraryLine]:
    asked = RoleProfileEntry.objects.filter(competency__in=[row.pk for row in rows]).order_by()
    jobs = dict(asked.values_list("competency").annotate(Count("pk")))
    for row in rows:
        yield LibraryLine(row, row.described, jobs.get(row.pk, 0))


def _profile_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Job code"), lambda job: job.code),
        Column(gettext_lazy("Job"), lambda job: job.name),
        Column(gettext_lazy("Job family"), lambda job: job.family),
        Column(gettext_lazy("Asked today"), lambda job: job.asked or None),
        Column(gettext_lazy("Asked in 24 months"), lambda job: job.later or None),
    ]


def _profiles(user: Principal, query: QueryDict) -> QuerySet[Job]:
    rows = jobs_described().order_by("family", "level", "name", "pk")
    return filtered(RoleProfileFilter, query, rows, user)


def _entry_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Job code"), lambda entry: entry.job.code),
        Column(gettext_lazy("Job"), lambda entry: entry.job.name),
        Column(gettext_lazy("Job family"), lambda entry: entry.job.family),
        Column(gettext_lazy("Competency"), lambda entry: entry.competency.name),
        Column(gettext_lazy("Kind"), lambda entry: entry.competency.get_kind_display()),
        Column(gettext_lazy("Today"), lambda entry: entry.level_today),
        Column(gettext_lazy("In 24 months"), lambda entry: entry.level_in_24_months),
        Column(gettext_lazy("Importance"), lambda entry: entry.importance),
    ]


def _entries(user: Principal, query: QueryDict) -> QuerySet[RoleProfileEntry]:
    """Of one job (`job`), of one competency (`competency`), or all."""
    rows = of_named(query, "job", Job.objects.all(), RoleProfileEntry.objects.all())
    rows = of_named(query, "competency", Competency.objects.all(), rows)
    return rows.select_related("job", "competency").order_by("job__name", "competency__kind", "competency__name", "pk")


def _family_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Job family"), lambda line: line.family),
        Column(gettext_lazy("Jobs"), lambda line: line.jobs),
        Column(gettext_lazy("With a profile in 24 months"), lambda line: line.with_profile),
        Column(gettext_lazy("People you may look at"), lambda line: line.people),
    ]


def _families(user: Principal, query: QueryDict) -> list[FamilyLine]:
    return families(user) if _reads_levels(user) else []


def _reads_levels(user: Principal) -> bool:
    """Where nobody's levels may be read, nothing is known of a family: no zeros in place of that."""
    return user.viewer.may_use("talent:read") and user.viewer.may_use("ratings:read")


def _wanted_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Competency"), lambda row: row.competency),
        Column(gettext_lazy("Asked today"), lambda row: row.today_words),
        Column(gettext_lazy("In 24 months"), lambda row: row.later_words),
        Column(gettext_lazy("Already there"), lambda row: row.there),
        Column(gettext_lazy("One level below"), lambda row: row.one_below),
        Column(gettext_lazy("Further"), lambda row: row.further),
        Column(gettext_lazy("Not assessed"), lambda row: row.unknown),
    ]


def _wanted(user: Principal, query: QueryDict) -> list[Wanted]:
    """Of the family in the query (`family`)."""
    strategy = strategy_of(query.get("family", ""), user) if _reads_levels(user) else None
    return strategy.wanted if strategy else []


def _distance_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(gettext_lazy("Job"), lambda row: row.employee.job),
        Column(gettext_lazy("Fit in per cent, at least"), lambda row: row.fit.low_percent),
        Column(gettext_lazy("Fit in per cent, at most"), lambda row: row.fit.high_percent),
        Column(gettext_lazy("Known gaps"), _gap_words),
    ]


def _gap_words(row: Distance) -> str:
    return ", ".join(f"{gap.competency} {gap.have} → {gap.wanted}" for gap in row.furthest)


def _distances(user: Principal, query: QueryDict) -> list[Distance]:
    strategy = strategy_of(query.get("family", ""), user) if _reads_levels(user) else None
    return strategy.named if strategy else []


LIBRARY = list_kind(
    ListKind(
        "talent.competencies",
        gettext_lazy("Library of competencies"),
        _library_columns,
        _library,
        scope="employees:read",
    )
)
PROFILES = list_kind(
    ListKind("talent.role_profiles", gettext_lazy("Role profiles"), _profile_columns, _profiles, scope="talent:read")
)
ENTRIES = list_kind(
    ListKind(
        "talent.role_profile_entries", gettext_lazy("What jobs ask for"), _entry_columns, _entries, scope="talent:read"
    )
)
FAMILIES = list_kind(
    ListKind("talent.strategy", gettext_lazy("Capability strategy"), _family_columns, _families, READERS)
)
WANTED = list_kind(
    ListKind("talent.strategy_wanted", gettext_lazy("Profile wanted of a family"), _wanted_columns, _wanted, READERS)
)
DISTANCES = list_kind(
    ListKind(
        "talent.strategy_distances",
        gettext_lazy("Furthest from what will be asked"),
        _distance_columns,
        _distances,
        READERS,
    )
)
