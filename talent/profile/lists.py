"""Talent profiles to take away, with the latest rating for those who may read ratings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.actions import ActionError
from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, Portions, filtered, list_kind
from hrportal.people.lists import person_columns
from hrportal.people.viewer import Principal
from talent.filters import ProfileFilter
from talent.freshness import RATING_BUDGET, Freshness, freshness
from talent.models import CalibratedRating, TalentProfile

READERS = HR_ROLES | {Role.MANAGER, Role.EXECUTIVE, Role.INTEGRATION}


@dataclass(frozen=True)
class Line:
    """A profile with the latest rating; None where there is none, or its reader may not know."""

    profile: TalentProfile
    rating: CalibratedRating | None

    def of_rating(self, name: str) -> Any:
        return getattr(self.rating, name) if self.rating else None

    @property
    def is_stale(self) -> str | None:
        """Whether the rating is out of date, in a word."""
        if self.rating is None:
            return None
        state = freshness(self.rating.period_ends_on, RATING_BUDGET, timezone.localdate())
        return _("Yes") if state == Freshness.STALE else _("No")


def _columns() -> Sequence[Column]:
    return [
        *person_columns("profile.employee"),
        Column(gettext_lazy("Unit"), lambda line: line.profile.employee.org_unit),
        Column(gettext_lazy("Job"), lambda line: line.profile.employee.job),
        Column(gettext_lazy("Latest calibrated rating"), lambda line: line.of_rating("label")),
        Column(gettext_lazy("Period"), lambda line: line.of_rating("period")),
        Column(gettext_lazy("Period ended"), lambda line: line.of_rating("period_ends_on")),
        Column(gettext_lazy("Out of date"), lambda line: line.is_stale),
    ]


def _rows(user: Principal, query: QueryDict) -> Portions:
    reads_ratings = user.viewer.may_use("ratings:read")
    if query.get("freshness") and not reads_ratings:
        raise ActionError(_("Without the right to read ratings this list is not filtered by them."), field="freshness")
    profiles = TalentProfile.objects.visible_to(user).select_related("employee__job", "employee__org_unit")
    found = filtered(ProfileFilter, query, profiles.with_ratings() if reads_ratings else profiles, user)
    return Portions(found, lambda rows: _lines(rows, reads_ratings=reads_ratings))


def _lines(profiles: list[TalentProfile], *, reads_ratings: bool) -> Iterator[Line]:
    for profile in profiles:
        newest = next(iter(profile.history), None) if reads_ratings else None
        yield Line(profile, newest)


PROFILES = list_kind(ListKind("talent.profiles", gettext_lazy("Talent profiles"), _columns, _rows, READERS))
