"""Which of several levels counts. A person's competency may have been assessed by the person, the manager, in a review, by
an assessor and by a certificate; each keeps its line, and one of them is used wherever one level is needed."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hrportal.people.viewer import Principal
from talent.enums import SkillSource
from talent.freshness import SKILL_BUDGET, Freshness, freshness
from talent.models import SkillAssessment

COUNTING_RULE: Promise | str = _(
    "Of several levels one that is not out of date counts before one that is; then a certificate or an assessor before "
    "a review, a review before the manager, the manager before the person; then the newest."
)
# The further from the person's own word, the more it counts; whoever examined counts most.
RANK = {
    SkillSource.CERTIFICATE: 4,
    SkillSource.ASSESSOR: 4,
    SkillSource.REVIEW: 3,
    SkillSource.MANAGER: 2,
    SkillSource.SELF: 1,
}


@dataclass(frozen=True)
class Counting:
    """The level that counts: who says so, since when, and whether it is still good."""

    level: int
    kind: str
    assessed_on: datetime.date
    freshness: Freshness

    @property
    def is_stale(self) -> bool:
        return self.freshness == Freshness.STALE

    @property
    def label(self) -> Promise | str:
        """Who says so, in words."""
        return SkillSource(self.kind).label

    @property
    def order(self) -> tuple[bool, int, datetime.date, str, int]:
        """The greatest of several counts; the last two only decide what is otherwise equal, so that it is always the same."""
        return not self.is_stale, RANK[SkillSource(self.kind)], self.assessed_on, self.kind, self.level


def counting_of(
    level: int, kind: str, assessed_on: datetime.date, good_until: datetime.date | None, today: datetime.date
) -> Counting:
    """One assessment with its freshness: a certificate is good until it expires, all else for its budget."""
    return Counting(level, kind, assessed_on, freshness_of(assessed_on, good_until, today))


def freshness_of(assessed_on: datetime.date, good_until: datetime.date | None, today: datetime.date) -> Freshness:
    """Whether an assessment is still good on a day."""
    if good_until is None:
        return freshness(assessed_on, SKILL_BUDGET, today)
    return Freshness.FRESH if today <= good_until else Freshness.STALE


def best_of(found: Iterable[Counting]) -> Counting | None:
    """The one that counts; None where nobody assessed anything."""
    return max(found, key=lambda counting: counting.order, default=None)


def levels_that_count(
    employee_ids: "Collection[int] | QuerySet[Any]", user: Principal | None = None, today: datetime.date | None = None
) -> dict[int, dict[int, Counting]]:
    """The level that counts for each of these people and each competency in which somebody assessed them, by person and
    competency; one query for any number of people.

    With a `user` only what this reader sees; without one all there is, for computations whose results are not shown to
    the person. Somebody of whom nothing is known is missing.
    """
    current = SkillAssessment.objects.current_for(user) if user is not None else SkillAssessment.objects.current()
    rows = current.filter(profile__employee__in=employee_ids).order_by()
    found: dict[int, dict[int, Counting]] = defaultdict(dict)
    day = today or timezone.localdate()
    columns = ("profile__employee", "competency", "level", "kind", "assessed_on", "good_until")
    for employee, competency, level, kind, assessed_on, good_until in rows.values_list(*columns).iterator():
        counting = counting_of(level, kind, assessed_on, good_until, day)
        before = found[employee].get(competency)
        if before is None or counting.order > before.order:
            found[employee][competency] = counting
    return dict(found)


def plain(levels: dict[int, Counting]) -> dict[int, int]:
    """Only the levels, by competency, as `fit_of` takes them."""
    return {competency: counting.level for competency, counting in levels.items()}
