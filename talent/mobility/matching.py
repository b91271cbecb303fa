"""Opportunities beside people: what is compared, read set by set, and each part of a match in words."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hrportal.people.models import Competency, Employee
from hrportal.people.viewer import Principal
from talent.enums import MatchPart, RelocationWish, TravelWish
from talent.freshness import ASPIRATION_BUDGET, Freshness, freshness
from talent.models import Aspiration, Opportunity
from talent.scores.fit import Demand, FitLine
from talent.scores.opportunities import Asked, Match, Part, Said, match_of
from talent.skills.counting import Counting, levels_that_count, plain

DAYS_OF_A_MONTH = 30.44


@dataclass(frozen=True)
class Known:
    """What a reader knows of people: levels by person and competency, and what each said last."""

    levels: dict[int, dict[int, Counting]]
    wishes: dict[int, Aspiration]

    def said(self, employee: Employee) -> Said:
        """What somebody said, and where they work now."""
        place, country = employee.location_id, employee.location.country if employee.location else ""
        wish = self.wishes.get(employee.pk)
        if wish is None:
            return Said(location_id=place, country=country)
        jobs = frozenset(job.pk for job in wish.jobs.all())
        return Said(jobs, wish.leading, wish.relocation, wish.timing, wish.travel, place, country)


@dataclass(frozen=True)
class SkillLine:
    """One skill an opportunity asks for, beside the level that counts."""

    competency: Competency
    fit: FitLine
    counting: Counting | None


@dataclass(frozen=True)
class PartLine:
    """One part of a match in words: what is asked, what the person said, and the day that is from."""

    part: Part
    asked: str = ""
    said: str = ""
    on: datetime.date | None = None
    freshness: Freshness = Freshness.UNKNOWN

    @property
    def label(self) -> str:
        return str(MatchPart(self.part.name).label)

    @property
    def is_skills(self) -> bool:
        return self.part.name == MatchPart.SKILLS


@dataclass(frozen=True)
class Matched:
    """A person and an opportunity with their match; None where nothing is asked that could be compared."""

    opportunity: Opportunity
    employee: Employee
    match: Match | None
    known: Known

    @property
    def order(self) -> tuple[float, int, int]:
        """The best first; of equals the same ones every time."""
        return -(self.match.middle if self.match else -1.0), self.opportunity.pk, self.employee.pk

    @property
    def skills(self) -> list[SkillLine]:
        """The skills, in the order of the opportunity."""
        if self.match is None or self.match.fit is None:
            return []
        names = {need.competency_id: need.competency for need in self.opportunity.needs.all()}
        levels = self.known.levels.get(self.employee.pk, {})
        return [
            SkillLine(names[line.demand.competency_id], line, levels.get(line.demand.competency_id))
            for line in self.match.fit.lines
        ]

    @property
    def lines(self) -> list[PartLine]:
        """Every part with the words it rests on."""
        return list(_lines(self)) if self.match else []


def known_of(employee_ids: Collection[int], user: Principal) -> Known:
    """What this reader knows of these people; three queries, however many they are."""
    said = Aspiration.objects.visible_to(user).current().filter(employee__in=employee_ids).order_by()
    return Known(
        levels_that_count(employee_ids, user), {wish.employee_id: wish for wish in said.prefetch_related("jobs")}
    )


def matched(
    opportunities: Sequence[Opportunity], people: Sequence[Employee], known: Known, today: datetime.date | None = None
) -> Iterator[Matched]:
    """Each of these opportunities (read `with_place` and `with_needs`) beside each of these people (read with their location)."""
    day = today or timezone.localdate()
    asked = [(opportunity, asked_by(opportunity, day)) for opportunity in opportunities]
    for employee in people:
        levels, said = plain(known.levels.get(employee.pk, {})), known.said(employee)
        for opportunity, demands in asked:
            yield Matched(opportunity, employee, match_of(demands, levels, said), known)


def ranked(found: Iterable[Matched]) -> list[Matched]:
    """The best first."""
    return sorted(found, key=lambda row: row.order)


def asked_by(opportunity: Opportunity, today: datetime.date) -> Asked:
    """What an opportunity asks for, as it is compared."""
    starts_on = opportunity.starts_on
    return Asked(
        demands=tuple(Demand(need.competency_id, need.level, need.importance) for need in opportunity.needs.all()),
        job_id=opportunity.job_id,
        leads_people=opportunity.leads_people,
        location_id=opportunity.location_id,
        country=opportunity.location.country if opportunity.location else "",
        starts_in_months=max(0, int((starts_on - today).days / DAYS_OF_A_MONTH)) if starts_on else None,
        travel=opportunity.travel,
    )


def _lines(row: Matched) -> Iterator[PartLine]:
    wish = row.known.wishes.get(row.employee.pk)
    on = wish.valid_from if wish else None
    state = freshness(on, ASPIRATION_BUDGET, timezone.localdate())
    for part in row.match.parts if row.match else ():
        if part.name == MatchPart.SKILLS:
            yield PartLine(part)
            continue
        asked, said = _words(part.name, row, wish)
        yield PartLine(part, asked, said, on, state)


def _words(name: str, row: Matched, wish: Aspiration | None) -> tuple[str, str]:
    """What is asked and what the person said; empty where they said nothing."""
    opportunity = row.opportunity
    if name == MatchPart.ROLE:
        return str(opportunity.job), ", ".join(str(job) for job in wish.jobs.all()) if wish else ""
    if name == MatchPart.LEADING:
        return _("Leads people"), wish.get_leading_display() if wish else ""
    if name == MatchPart.TIMING:
        day = date_format(opportunity.starts_on, "SHORT_DATE_FORMAT") if opportunity.starts_on else ""
        return day, wish.get_timing_display() if wish else ""
    if name == MatchPart.TRAVEL:
        return str(TravelWish(opportunity.travel).label), wish.get_travel_display() if wish else ""
    return _place(row, wish)


def _place(row: Matched, wish: Aspiration | None) -> tuple[str, str]:
    now = row.employee.location
    said = str(RelocationWish(wish.relocation).label) if wish and wish.relocation else ""
    where = _("works in %s") % _town(now) if now else ""
    return _town(row.opportunity.location), " · ".join(part for part in (where, said) if part)


def _town(location: Any) -> str:
    return f"{location} ({location.country})" if location.country else str(location)
