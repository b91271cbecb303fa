"""What happens around one talk: the agenda, the notes, what the two promise each other."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, StaleVersion, checked
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Employee
from performance.actions.one_to_ones import lock_running
from performance.models import ActionItem, AgendaItem, Meeting, OneToOne, PrivateNote


@transaction.atomic
def save_meeting_notes(meeting: Meeting, *, by: Actor | None, version: int, notes: str) -> Meeting:
    """Store the shared notes. Raises StaleVersion, with what is stored, when somebody saved meanwhile; the same text is done."""
    lock_running(meeting.one_to_one)
    meeting = Meeting.objects.select_for_update(of=("self",)).with_people().get(pk=meeting.pk)
    if meeting.notes == notes:
        return meeting
    _check_version(version, meeting.version, {"notes": meeting.notes})
    meeting.notes, meeting.version = notes, meeting.version + 1
    meeting.noted_by_id, meeting.noted_at = acting_id(by), timezone.now()
    meeting.save(update_fields=["notes", "version", "noted_by", "noted_at"])
    return meeting


@transaction.atomic
def save_private_note(meeting: Meeting, *, by: Actor | None, version: int, text: str) -> PrivateNote:
    """Store what one of the two notes for themselves; also after the series has ended. Two tabs are told of each other."""
    author = acting_id(by)
    if author not in (meeting.one_to_one.manager_id, meeting.one_to_one.employee_id):
        raise ActionError(_("A private note is written by one of the two."))
    PrivateNote.objects.get_or_create(meeting=meeting, author_id=author)
    note = PrivateNote.objects.select_for_update().get(meeting=meeting, author_id=author)
    if note.text == text:
        return note
    _check_version(version, note.version, {"text": note.text})
    note.text, note.version, note.saved_at = text, note.version + 1, timezone.now()
    note.save(update_fields=["text", "version", "saved_at"])
    return note


@transaction.atomic
def add_agenda_item(one_to_one: OneToOne, *, by: Actor | None, title: str, source: str = "") -> AgendaItem:
    """Put something on the table, last. A talking point that lies there already is not put there twice."""
    series = lock_running(one_to_one)
    if source and (same := series.agenda.open().filter(source=source).first()):
        return same
    last = series.agenda.aggregate(last=Max("position"))["last"] or 0
    added_by = Employee.objects.get(pk=acting_id(by) or 0)
    item = AgendaItem(one_to_one=series, title=title.strip(), source=source, position=last + 1, added_by=added_by)
    checked(item).save()
    return item


@transaction.atomic
def discuss_agenda_item(item: AgendaItem, *, by: Actor | None, meeting: Meeting) -> AgendaItem:
    """Tick off in a meeting of the series; once more puts it back on the table."""
    item = _lock_item(item)
    if meeting.one_to_one_id != item.one_to_one_id:
        raise ActionError(_("This meeting belongs to other one-to-ones."), field="meeting")
    item.discussed_in = None if item.discussed_in_id else meeting
    item.save(update_fields=["discussed_in"])
    return item


@transaction.atomic
def move_agenda_item(item: AgendaItem, *, by: Actor | None) -> AgendaItem:
    """One place up on the table."""
    item = _lock_item(item)
    open_items = list(item.one_to_one.agenda.open().order_by("position", "pk"))
    place = next((place for place, each in enumerate(open_items) if each.pk == item.pk), 0)
    if place:
        open_items[place - 1], open_items[place] = open_items[place], open_items[place - 1]
        for position, each in enumerate(open_items, start=1):
            each.position = position
        AgendaItem.objects.bulk_update(open_items, ["position"])
    return item


@transaction.atomic
def remove_agenda_item(item: AgendaItem, *, by: Actor | None) -> None:
    """Take back what one put on the table and what was not discussed yet."""
    item = _lock_item(item)
    if item.added_by_id != acting_id(by):
        raise ActionError(_("Only whoever added this can remove it."))
    if item.discussed_in_id:
        raise ActionError(_("This was discussed already and stays."))
    item.delete()


@transaction.atomic
def agree_action(
    one_to_one: OneToOne, *, by: Actor | None, owner: Employee, title: str, due_on: datetime.date | None = None
) -> ActionItem:
    """Note what one of the two promised."""
    series = lock_running(one_to_one)
    if owner.pk not in (series.manager_id, series.employee_id):
        raise ActionError(_("One of you two takes it on."), field="owner")
    action = ActionItem(one_to_one=series, owner=owner, title=title.strip(), due_on=due_on)
    checked(action).save()
    return action


@transaction.atomic
def complete_action(action: ActionItem, *, by: Actor | None) -> ActionItem:
    """It is done; also after the series has ended, so that nothing stays open for ever. Done twice is done."""
    action = _lock_action(action)
    action.done_at = action.done_at or timezone.now()
    action.save(update_fields=["done_at"])
    return action


@transaction.atomic
def reopen_action(action: ActionItem, *, by: Actor | None) -> ActionItem:
    """It was not done after all."""
    action = _lock_action(action)
    action.done_at = None
    action.save(update_fields=["done_at"])
    return action


def _check_version(given: int, stored: int, theirs: dict[str, Any]) -> None:
    if given != stored:
        message = _("This was changed elsewhere in the meantime. Nothing was overwritten: choose which text stays.")
        raise StaleVersion(message, version=stored, theirs=theirs)


def _lock_item(item: AgendaItem) -> AgendaItem:
    series = lock_running(item.one_to_one)
    locked = AgendaItem.objects.select_for_update(of=("self",)).filter(pk=item.pk).first()
    if locked is None:
        raise ActionError(_("This was removed meanwhile."))
    locked.one_to_one = series
    return locked


def _lock_action(action: ActionItem) -> ActionItem:
    rows = ActionItem.objects.select_for_update(of=("self",)).select_related("one_to_one", "owner")
    return rows.get(pk=action.pk)
