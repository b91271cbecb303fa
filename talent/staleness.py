"""Which data about people are out of date. A decision that rests on such a datum keeps saying so: it stores what this finds."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils.functional import Promise

from hrportal.people.viewer import Principal
from talent.enums import Datum
from talent.freshness import POTENTIAL_BUDGET, RATING_BUDGET, oldest_fresh
from talent.models import CalibratedRating, FlightRisk, PotentialAssessment, Successor, TalentProfile
from talent.retention.current import old_risks
from talent.succession.staleness import old_readiness


@dataclass(frozen=True)
class StaleDatum:
    """One datum past its budget and the day it is from."""

    kind: Datum
    on: datetime.date

    @property
    def label(self) -> Promise | str:
        return self.kind.label

    @property
    def stored(self) -> dict[str, str]:
        """As a decision keeps it."""
        return {"kind": self.kind.value, "on": self.on.isoformat()}

    @classmethod
    def of(cls, stored: dict[str, str]) -> "StaleDatum":
        return cls(Datum(stored["kind"]), datetime.date.fromisoformat(stored["on"]))


def stale_data(
    employee_ids: Collection[int], today: datetime.date, kinds: Iterable[Datum] = tuple(Datum)
) -> dict[int, list[StaleDatum]]:
    """What is out of date about each of these people, one query for each kind. What is not known at all is not stale.

    For decisions, which are made by whoever may make them; a page shows of it what its reader may read.
    """
    found: dict[int, list[StaleDatum]] = defaultdict(list)
    for kind in kinds:
        for employee_id, on in NEWEST[kind](employee_ids, today) if kind in NEWEST else ():
            found[employee_id].append(StaleDatum(kind, on))
    return dict(found)


def stored_data(data: Iterable[StaleDatum]) -> list[dict[str, str]]:
    """For the JSON field of a decision, `rested_on_stale`."""
    return [datum.stored for datum in data]


class ReadableStale:
    """What decisions about some people rested on that was out of date, as far as a reader may read such data of them today:
    that there is a datum tells of it. At most one question for each kind, however many people."""

    def __init__(self, user: Principal, people: Iterable[int | None]) -> None:
        self.user, self.people = user, {pk for pk in people if pk is not None}
        self._readable: dict[Datum, set[int]] = {}

    def of(self, employee_id: int | None, stored: Iterable[dict[str, str]]) -> list[StaleDatum]:
        """Of what a decision about one of them kept."""
        return [datum for datum in map(StaleDatum.of, stored) if employee_id in self._read(datum.kind)]

    def _read(self, kind: Datum) -> set[int]:
        if kind not in self._readable:
            rows: Any = READ_WITH[kind].objects
            seen = rows.visible_to(self.user).filter(employee__in=self.people).order_by()
            self._readable[kind] = set(seen.values_list("employee", flat=True))
        return self._readable[kind]


READ_WITH: dict[Datum, Any] = {
    Datum.RATING: TalentProfile,
    Datum.POTENTIAL: PotentialAssessment,
    Datum.FLIGHT_RISK: FlightRisk,
    Datum.SUCCESSION: Successor,
}


def _old_ratings(employee_ids: Collection[int], today: datetime.date) -> Iterable[tuple[int, datetime.date]]:
    ratings = CalibratedRating.objects.current().filter(profile__employee__in=employee_ids).order_by()
    newest = ratings.values_list("profile__employee").annotate(newest=Max("period_ends_on"))
    return newest.filter(newest__lt=oldest_fresh(RATING_BUDGET, today))


def _old_potential(employee_ids: Collection[int], today: datetime.date) -> Iterable[tuple[int, datetime.date]]:
    known = PotentialAssessment.objects.known().filter(employee__in=employee_ids).order_by()
    newest = known.values_list("employee").annotate(newest=Max("as_of"))
    return newest.filter(newest__lt=oldest_fresh(POTENTIAL_BUDGET, today))


Newest = Callable[[Collection[int], datetime.date], Any]
NEWEST: dict[Datum, Newest] = {
    Datum.SUCCESSION: old_readiness,
    Datum.RATING: _old_ratings,
    Datum.POTENTIAL: _old_potential,
    Datum.FLIGHT_RISK: old_risks,
}
