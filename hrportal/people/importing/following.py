"""What followed from an import: what was closed because people left."""

import datetime
from typing import Any

from django.db.models import Count, Q

from hrportal.journal.models import Fact
from hrportal.journal.wording import words_of
from hrportal.people.enums import ChangeKind, ImportState
from hrportal.people.models import EmployeeImport

# What the portal closes of itself it closes soon after; what comes later has other reasons.
SOON = datetime.timedelta(hours=24)
ACCOUNTS = ("people.account_deactivated", "people.role_revoked")


def closed_by(imported: EmployeeImport) -> list[dict[str, Any]]:
    """What was closed of those who left with this file, by the import and by the rooms that heard of it: in words, and how often."""
    finished = imported.finished_at
    if imported.state not in {ImportState.APPLIED, ImportState.UNDONE} or not imported.ended or not finished:
        return []
    leavers = imported.changes.filter(kind=ChangeKind.ENDED).values("employee_id")
    soon = Fact.objects.filter(person_id__in=leavers, recorded_at__lt=finished + SOON)
    closed_with_it = Q(topic__in=ACCOUNTS, recorded_at__gte=finished - SOON)
    heard_of_it = Q(actor_id=None, client_id="", recorded_at__gte=finished) & ~Q(topic__startswith="people.")
    found = soon.filter(closed_with_it | heard_of_it).order_by("topic")
    counted = found.values_list("topic").annotate(count=Count("pk"))
    return [{"words": words_of(topic), "count": count} for topic, count in counted]
