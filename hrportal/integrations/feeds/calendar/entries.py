"""What a calendar program has been told, brought up to date: a change raises the sequence, what is gone is cancelled."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from hrportal.integrations.feeds.calendar.dates import Date, first_day
from hrportal.integrations.feeds.models import CalendarEntry, CalendarLink

# So long a program has to hear that something was cancelled.
CANCELLED_FOR = datetime.timedelta(days=30)
BATCH = 500


def entries_told(link: CalendarLink, dates: Sequence[Date]) -> list[CalendarEntry]:
    """The entries as they are told now. Nothing is written while nothing changed."""
    entries = list(link.entries.all())
    if _is_as_told(entries, dates):
        return entries
    with transaction.atomic():
        CalendarLink.objects.select_for_update(of=("self",)).filter(pk=link.pk).first()
        _bring_up_to_date(link, dates)
    return list(link.entries.all())


def _is_as_told(entries: Sequence[CalendarEntry], dates: Sequence[Date]) -> bool:
    told = {entry.key: entry.digest for entry in entries if entry.cancelled_at is None}
    return told == {date.key: date.digest for date in dates} and not any(map(_is_over, entries))


def _is_over(entry: CalendarEntry) -> bool:
    """Whether nobody needs to hear of it any more: it is long past, or was cancelled long ago."""
    if entry.cancelled_at:
        return entry.cancelled_at < timezone.now() - CANCELLED_FOR
    return entry.on < first_day()


def _bring_up_to_date(link: CalendarLink, dates: Sequence[Date]) -> None:
    now, told = timezone.now(), {entry.key: entry for entry in link.entries.all()}
    over = [told.pop(key) for key in [key for key, entry in told.items() if _is_over(entry)]]
    CalendarEntry.objects.filter(pk__in=[entry.pk for entry in over]).delete()
    fresh, changed = [], []
    for date in dates:
        entry = told.pop(date.key, None)
        if entry is None:
            fresh.append(CalendarEntry(link=link, key=date.key, on=date.on, digest=date.digest, changed_at=now))
        elif entry.digest != date.digest or entry.cancelled_at:
            _change(entry, now, on=date.on, digest=date.digest, cancelled_at=None)
            changed.append(entry)
    for entry in told.values():
        if entry.cancelled_at is None:
            _change(entry, now, cancelled_at=now)
            changed.append(entry)
    CalendarEntry.objects.bulk_create(fresh, batch_size=BATCH)
    fields = ["on", "digest", "sequence", "changed_at", "cancelled_at"]
    CalendarEntry.objects.bulk_update(changed, fields, batch_size=BATCH)


def _change(entry: CalendarEntry, now: datetime.datetime, **values: object) -> None:
    for name, value in values.items():
        setattr(entry, name, value)
    entry.sequence, entry.changed_at = entry.sequence + 1, now
