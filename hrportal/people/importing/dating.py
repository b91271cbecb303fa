"""Rows that speak of a day of their own: what held on it, and whether what they say is seen today.

A move to come, and one that a later move has overtaken, stand in the history alone. They are compared with what held on
their day, so that the same file again changes nothing.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from hrportal.people.history import PLACE
from hrportal.people.importing.rows import Row, RowError
from hrportal.people.models import Employment

READ_AS = {name: f"{name}__code" for name in PLACE if name != "manager"} | {"manager": "manager__employee_number"}


class Spell(NamedTuple):
    """A row of somebody's history, in the words of files."""

    starts_on: datetime.date
    ends_on: datetime.date | None
    place: dict[str, Any]

    def holds_on(self, day: datetime.date) -> bool:
        """Whether it is in force on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def with_histories(rows: Collection[Row], stored: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What is stored of people, with the history of those whose row has a day of its own."""
    spells = defaultdict(list)
    numbers = [row.number for row in rows if row.on and row.number in stored]
    found = Employment.objects.filter(employee__employee_number__in=numbers).order_by("starts_on")
    for number, starts_on, ends_on, *place in found.values_list(
        "employee__employee_number", "starts_on", "ends_on", *READ_AS.values()
    ):
        spells[number].append(Spell(starts_on, ends_on, dict(zip(READ_AS, place, strict=True))))
    for number in numbers:
        stored[number]["history"] = spells[number]
    return stored


def is_seen(spells: Sequence[Spell], on: datetime.date, today: datetime.date) -> bool:
    """Whether a change on a day is one of the place that is shown today (of somebody who starts later: their first)."""
    shown = next((spell for spell in spells if spell.holds_on(today)), spells[0] if spells else None)
    if shown is None:
        return on <= today
    return on <= max(today, shown.starts_on) and (on >= shown.starts_on or shown is spells[0])


def place_on(stored: Mapping[str, Any], day: datetime.date) -> dict[str, Any]:
    """What is stored of somebody, with the place that holds on a day. Where none does, the next one, else today's."""
    spells: Sequence[Spell] = stored["history"]
    held = [spell for spell in spells if spell.holds_on(day)] or [spell for spell in spells if spell.starts_on > day]
    return {**stored, **(held[0].place if held else {})}


def wrong_day(row: Row, stored: Mapping[str, Any]) -> RowError | None:
    """Why somebody cannot be put anywhere on the day of their row: they were not here yet, or will be gone."""
    if row.on is None:
        return None
    hired_on, left_on = (row.values.get(name, stored[name]) for name in ("hired_on", "left_on"))
    if hired_on and row.on < hired_on:
        return RowError(row.line, "effective_on", row.on.isoformat(), _("before the first day of work"))
    if left_on and row.on > left_on:
        return RowError(row.line, "effective_on", row.on.isoformat(), _("after the last day of work"))
    return None
