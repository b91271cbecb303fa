"""The need-to-know log: who looked at whose flight risk, and when. It is the journal; nothing else is kept."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor
from hrportal.people.models import User
from talent.events.retention import RISK_VIEWED, flight_risks_viewed
from talent.models import FlightRisk

SHOWN = 20


@dataclass(frozen=True)
class Look:
    """Somebody, or a client by its name, looked at a moment; `version` is the assessment they saw."""

    who: str
    at: datetime.datetime
    version: int


def look_at(risks: Iterable[FlightRisk], *, by: Actor | None) -> list[FlightRisk]:
    """Note that these are being shown to somebody, and hand them on. One statement, whatever their number."""
    shown = list(risks)
    if shown:
        with transaction.atomic():
            flight_risks_viewed(shown, by=by)
    return shown


def looks_of(employee_id: int) -> list[Look]:
    """The last looks at one person's flight risk, newest first. Two queries."""
    facts = list(Fact.objects.filter(topic=RISK_VIEWED, person_id=employee_id).order_by("-id")[:SHOWN])
    accounts = {fact.on_behalf_of_id or fact.actor_id for fact in facts}
    names = {
        user.pk: str(user.employee or user) for user in User.objects.filter(pk__in=accounts).select_related("employee")
    }
    return [Look(_name_of(fact, names), fact.recorded_at, fact.version) for fact in facts]


def _name_of(fact: Fact, names: dict[int, str]) -> str:
    person = names.get(fact.on_behalf_of_id or fact.actor_id or 0, "")
    return " · ".join(part for part in (person, fact.client_id) if part) or "–"
