"""One meeting of a one-to-one: the page on which two people prepare it, hold it and keep what came of it."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError, StaleVersion
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from hrportal.common.pages import step
from performance import actions
from performance.enums import MeetingState
from performance.forms.one_to_ones import ActionItemForm, AgendaItemForm, DayForm, NotesForm, PrivateNoteForm
from performance.models import ActionItem, AgendaItem, Meeting, PrivateNote
from performance.one_to_ones.talking_points import talking_points

PAGE = "performance/meeting_detail.html"
NO_FORMS: Mapping[str, forms.BaseForm] = {}


@access()
@require_safe
def meeting_detail(request: PageRequest, pk: int) -> HttpResponse:
    """The agenda, the notes, the promises and what else to talk about."""
    return _show(request, _meeting(request, pk))


@access()
@require_POST
def meeting_hold(request: PageRequest, pk: int) -> HttpResponse:
    """The talk took place."""
    meeting = _meeting(request, pk, "performance.hold_meeting")
    return step(
        request,
        lambda: actions.hold_meeting(meeting, by=request.user),
        done=_("Held. What is still open is on the agenda of the next meeting."),
        back=meeting.one_to_one.get_absolute_url(),
    )


@access()
@require_POST
def meeting_skip(request: PageRequest, pk: int) -> HttpResponse:
    """The talk does not take place."""
    meeting = _meeting(request, pk, "performance.skip_meeting")
    return step(
        request,
        lambda: actions.skip_meeting(meeting, by=request.user),
        done=_("Skipped. What is open is on the agenda of the next meeting."),
        back=meeting.one_to_one.get_absolute_url(),
    )


@access()
@require_POST
def meeting_move(request: PageRequest, pk: int) -> HttpResponse:
    """Another day for this meeting."""
    meeting = _meeting(request, pk, "performance.move_meeting")
    form = DayForm(request.POST)
    if form.is_valid() and _done(form, lambda: actions.move_meeting(meeting, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Moved."))
        return redirect(meeting)
    return _show(request, meeting, refused={"day_form": form})


@access()
@require_POST
def meeting_save(request: PageRequest, pk: int) -> HttpResponse:
    """Where the shared notes save by themselves while somebody writes."""
    meeting = _meeting(request, pk, "performance.write_meeting_notes")
    return _autosave(NotesForm(request.POST), lambda fields: _stamp(_save_notes(request, meeting, fields)))


@access()
@require_POST
def meeting_write(request: PageRequest, pk: int) -> HttpResponse:
    """The shared notes, saved by a button."""
    meeting = _meeting(request, pk, "performance.write_meeting_notes")
    form = NotesForm(request.POST)
    return _write(request, meeting, form, "notes_form", lambda fields: _save_notes(request, meeting, fields))


@access()
@require_POST
def private_note_save(request: PageRequest, pk: int) -> HttpResponse:
    """Where one's private notes save by themselves."""
    meeting = _meeting(request, pk, "performance.write_meeting_notes")
    return _autosave(PrivateNoteForm(request.POST), lambda fields: _stamp(_save_private(request, meeting, fields)))


@access()
@require_POST
def private_note_write(request: PageRequest, pk: int) -> HttpResponse:
    """One's private notes, saved by a button."""
    meeting = _meeting(request, pk, "performance.write_meeting_notes")
    form = PrivateNoteForm(request.POST)
    return _write(request, meeting, form, "private_form", lambda fields: _save_private(request, meeting, fields))


@access()
@require_POST
def agenda_item_add(request: PageRequest, pk: int) -> HttpResponse:
    """Put something on the table."""
    meeting = _meeting(request, pk, "performance.add_agenda_item")
    form = AgendaItemForm(request.POST)
    series = meeting.one_to_one
    if form.is_valid() and _done(form, lambda: actions.add_agenda_item(series, by=request.user, **form.cleaned_data)):
        return _after(request, meeting, "agenda")
    return _show(request, meeting, part="agenda", refused={"agenda_form": form})


@access()
@require_POST
def talking_point_add(request: PageRequest, pk: int) -> HttpResponse:
    """Put a talking point on the table."""
    meeting = _meeting(request, pk, "performance.add_agenda_item")
    key = request.POST.get("point", "")
    point = next((each for each in talking_points(request.user, meeting.one_to_one) if each.key == key), None)
    if point:
        form = AgendaItemForm()
        title = point.title[:300]
        _done(form, lambda: actions.add_agenda_item(meeting.one_to_one, by=request.user, title=title, source=point.key))
    return _show(request, meeting, part="agenda", points_open=True) if request.htmx else redirect(meeting)


@access()
@require_POST
def agenda_item_discuss(request: PageRequest, pk: int, meeting: int) -> HttpResponse:
    """Tick off what was discussed, or put it back."""
    return _touch(request, _item(request, pk, "performance.discuss_agenda_item"), meeting, actions.discuss_agenda_item)


@access()
@require_POST
def agenda_item_move(request: PageRequest, pk: int, meeting: int) -> HttpResponse:
    """One place up."""
    item = _item(request, pk, "performance.move_agenda_item")
    return _touch(request, item, meeting, lambda row, by, meeting: actions.move_agenda_item(row, by=by))


@access()
@require_POST
def agenda_item_remove(request: PageRequest, pk: int, meeting: int) -> HttpResponse:
    """Take back what one put on the table."""
    item = _item(request, pk, "performance.remove_agenda_item")
    return _touch(request, item, meeting, lambda row, by, meeting: actions.remove_agenda_item(row, by=by))


@access()
@require_POST
def action_item_add(request: PageRequest, pk: int) -> HttpResponse:
    """Note what one of the two promised."""
    meeting = _meeting(request, pk, "performance.agree_action")
    series = meeting.one_to_one
    form = ActionItemForm(request.POST, one_to_one=series)
    if form.is_valid() and _done(form, lambda: actions.agree_action(series, by=request.user, **form.cleaned_data)):
        return _after(request, meeting, "actions")
    return _show(request, meeting, part="actions", refused={"action_form": form})


@access()
@require_POST
def action_item_done(request: PageRequest, pk: int) -> HttpResponse:
    """Tick off what was promised."""
    rows = ActionItem.objects.select_related("one_to_one__manager", "one_to_one__employee")
    action = get_for_user(rows, request.user, "performance.complete_action", pk=pk)
    actions.complete_action(action, by=request.user)
    shown_in = request.POST.get("meeting", "")
    meetings = Meeting.objects.visible_to(request.user).with_people().filter(one_to_one=action.one_to_one_id)
    meeting = meetings.filter(pk=int(shown_in)).first() if shown_in.isdecimal() and len(shown_in) < 19 else None
    return _after(request, meeting, "actions") if meeting else redirect(action.one_to_one)


def _meeting(request: PageRequest, pk: int, permission: str | None = None) -> Meeting:
    return get_for_user(Meeting.objects.with_people(), request.user, permission, pk=pk)


def _item(request: PageRequest, pk: int, permission: str) -> AgendaItem:
    rows = AgendaItem.objects.select_related("one_to_one__manager", "one_to_one__employee", "added_by")
    return get_for_user(rows, request.user, permission, pk=pk)


def _show(
    request: PageRequest,
    meeting: Meeting,
    *,
    part: str = "",
    points_open: bool = False,
    refused: Mapping[str, forms.BaseForm] = NO_FORMS,
) -> HttpResponse:
    """The page, or to htmx the part of it that changed; `refused` are forms that came back with errors."""
    status = 422 if any(form.errors for form in refused.values()) else 200
    template = f"{PAGE}#{part}" if part and request.htmx else PAGE
    context = _context(request, meeting) | dict(refused) | {"points_open": points_open}
    return render(request, template, context, status=status)


def _context(request: PageRequest, meeting: Meeting) -> dict[str, Any]:
    series, user = meeting.one_to_one, request.user
    note = PrivateNote.objects.visible_to(user).filter(meeting=meeting).first() or PrivateNote(meeting=meeting)
    return {
        "meeting": meeting,
        "series": series,
        "other": series.other(user.viewer.employee_id),
        "me": user.viewer.employee_id,
        "agenda": series.agenda.open().select_related("added_by") if meeting.is_planned else [],
        "discussed": meeting.agenda_discussed.select_related("added_by"),
        "actions": series.actions.open().select_related("owner"),
        "points": talking_points(user, series) if meeting.is_planned else [],
        "previous": _previous(meeting),
        "planned": None if meeting.is_planned else series.meetings.filter(state=MeetingState.PLANNED).first(),
        "note": note,
        "notes_form": NotesForm(initial={"version": meeting.version, "notes": meeting.notes}),
        "private_form": PrivateNoteForm(initial={"version": note.version, "text": note.text}),
        "agenda_form": AgendaItemForm(),
        "action_form": ActionItemForm(one_to_one=series),
        "day_form": DayForm(initial={"held_on": meeting.held_on}),
    }


def _previous(meeting: Meeting) -> Meeting | None:
    held = Meeting.objects.filter(
        one_to_one=meeting.one_to_one_id, state=MeetingState.HELD, held_on__lte=meeting.held_on
    )
    return held.exclude(pk=meeting.pk).order_by("-held_on", "-pk").first()


def _touch(request: PageRequest, item: AgendaItem, meeting_pk: int, act: Callable[..., Any]) -> HttpResponse:
    """Do something to an agenda item as it lies on the table of one meeting."""
    meetings = Meeting.objects.visible_to(request.user).with_people().filter(one_to_one=item.one_to_one_id)
    meeting = get_object_or_404(meetings, pk=meeting_pk)
    try:
        act(item, by=request.user, meeting=meeting)
    except ActionError as refusal:
        messages.error(request, refusal.message)
    return _after(request, meeting, "agenda")


def _after(request: PageRequest, meeting: Meeting, part: str) -> HttpResponse:
    """The part that changed, to htmx; to everybody else the page again."""
    return _show(request, meeting, part=part) if request.htmx else redirect(meeting)


def _done(form: forms.BaseForm, act: Callable[[], Any]) -> bool:
    """Whether the action went through; if not, the form says why."""
    try:
        act()
    except ActionError as refusal:
        put_on_form(form, refusal)
        return False
    return True


def _save_notes(request: PageRequest, meeting: Meeting, fields: dict[str, Any]) -> Meeting:
    return actions.save_meeting_notes(meeting, by=request.user, **fields)


def _save_private(request: PageRequest, meeting: Meeting, fields: dict[str, Any]) -> PrivateNote:
    return actions.save_private_note(meeting, by=request.user, **fields)


def _stamp(saved: Meeting | PrivateNote) -> dict[str, Any]:
    saved_at = saved.noted_at if isinstance(saved, Meeting) else saved.saved_at
    return {"version": saved.version, "saved_at": saved_at.isoformat() if saved_at else None}


def _autosave(form: forms.Form, save: Callable[[dict[str, Any]], dict[str, Any]]) -> JsonResponse:
    """Save and answer as the desk's script expects it."""
    if not form.is_valid():
        return JsonResponse({"message": str(next(iter(form.errors.values()))[0])}, status=422)
    try:
        return JsonResponse(save(form.cleaned_data))
    except StaleVersion as stale:
        answer = {"version": stale.version, "theirs": stale.theirs, "message": stale.message}
        return JsonResponse(answer, status=409)
    except ActionError as refusal:
        return JsonResponse({"message": refusal.message}, status=422)


def _write(
    request: PageRequest, meeting: Meeting, form: forms.Form, name: str, save: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    """Save from a button; a newer text is shown beside the one that was sent."""
    if not form.is_valid():
        return _show(request, meeting, refused={name: form})
    try:
        save(form.cleaned_data)
    except StaleVersion as stale:
        return _conflict(request, meeting, form, stale)
    except ActionError as refusal:
        form.add_error(None, refusal.message)
        return _show(request, meeting, refused={name: form})
    messages.success(request, _("Saved."))
    return redirect(meeting)


def _conflict(request: PageRequest, meeting: Meeting, form: forms.Form, stale: StaleVersion) -> HttpResponse:
    field, theirs = next(iter(stale.theirs.items()))
    context = {
        "meeting": meeting,
        "label": form.fields[field].label,
        "field": field,
        "mine": form.cleaned_data[field],
        "theirs": theirs,
        "version": stale.version,
        "save_url": request.path,
        "meeting_url": reverse("performance:meeting_detail", args=[meeting.pk]),
    }
    return render(request, "performance/meeting_conflict.html", context, status=409)
