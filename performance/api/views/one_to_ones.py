"""One-to-ones over the API: for one of the two, acting through a client. A client by itself finds nothing here."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.api import version_of
from hrportal.common.bulk import BulkVerbs
from hrportal.common.resources import ResourceViewSet, verb, with_etag
from hrportal.common.schema import IF_MATCH
from hrportal.people.models import Employee
from performance import actions
from performance.api import filters
from performance.api.serializers.one_to_ones import (
    AgendaItemInput,
    AgendaItemSerializer,
    DayInput,
    DiscussInput,
    MeetingNotesInput,
    MeetingSerializer,
    OneToOneActionInput,
    OneToOneActionSerializer,
    OneToOneInput,
    OneToOneSerializer,
    PrivateNoteInput,
    PrivateNoteSerializer,
    RhythmInput,
    TalkingPointSerializer,
)
from performance.models import ActionItem, AgendaItem, Meeting, OneToOne, PrivateNote
from performance.one_to_ones.talking_points import talking_points

READ, WRITE = "reviews:read", "reviews:write"
PAIR = ("one_to_one__manager", "one_to_one__employee")


class OneToOneViewSet(ResourceViewSet):
    """The series of talks the person acted for is one of the two in."""

    access = Access(scopes={"list": READ, "retrieve": READ, "talking_points": READ, "*": WRITE})
    permission_map = {
        "create": "performance.start_one_to_one",
        "rhythm": "performance.change_one_to_one",
        "plan": "performance.plan_meeting",
        "end": "performance.end_one_to_one",
    }
    queryset = OneToOne.objects.with_people().order_by("id")
    serializer_class = OneToOneSerializer
    filterset_class = filters.OneToOneFilter

    @extend_schema(request=OneToOneInput, responses={201: OneToOneSerializer})
    def create(self, request: Request) -> Response:
        """Begin one-to-ones with one's manager or one of one's people; the first meeting is planned with it."""
        fields = self.taken(OneToOneInput)
        me, person = Employee.objects.get(pk=self.by.viewer.employee_id), fields.pop("person")
        manager, employee = (me, person) if person.manager_id == me.pk else (person, me)
        made = actions.start_one_to_one(by=self.by, manager=manager, employee=employee, **fields)
        return self.changed(made, 201)

    @verb(takes=RhythmInput)
    def rhythm(self, one_to_one: OneToOne, *, rhythm: str) -> OneToOne:
        """Another rhythm; the planned meeting stays where it is."""
        return actions.change_one_to_one(one_to_one, by=self.by, rhythm=rhythm)

    @verb(takes=DayInput)
    def plan(self, one_to_one: OneToOne, *, held_on: datetime.date) -> OneToOne:
        """Plan the next meeting of a series that has none planned."""
        actions.plan_meeting(one_to_one, by=self.by, held_on=held_on)
        return one_to_one

    @verb()
    def end(self, one_to_one: OneToOne) -> OneToOne:
        """End the series; its notes stay readable for the two."""
        return actions.end_one_to_one(one_to_one, by=self.by)

    @extend_schema(responses=TalkingPointSerializer(many=True), filters=False)
    @action(detail=True, url_path="talking-points", pagination_class=None)
    def talking_points(self, request: Request, pk: int) -> Response:
        """What the two might talk about: only what both may read anyway."""
        return Response(TalkingPointSerializer(talking_points(self.by, self.get_object()), many=True).data)


class MeetingViewSet(ResourceViewSet):
    """The meetings of one's one-to-ones, with the shared notes and one's own private ones."""

    access = Access(scopes={"list": READ, "retrieve": READ, "private_note": READ, "*": WRITE})
    takes_version = frozenset({"save_notes", "save_private_note"})
    permission_map = {
        "hold": "performance.hold_meeting",
        "skip": "performance.skip_meeting",
        "move": "performance.move_meeting",
        "save_notes": "performance.write_meeting_notes",
        "save_private_note": "performance.write_meeting_notes",
    }
    queryset = Meeting.objects.with_people().order_by("id")
    serializer_class = MeetingSerializer
    filterset_class = filters.MeetingFilter

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        meeting = self.get_object()
        return with_etag(self.shown(meeting), meeting.version)

    @verb()
    def hold(self, meeting: Meeting) -> Meeting:
        """The talk took place; the next one is planned by the rhythm."""
        return actions.hold_meeting(meeting, by=self.by)

    @verb()
    def skip(self, meeting: Meeting) -> Meeting:
        """The talk does not take place; the next one is planned by the rhythm."""
        return actions.skip_meeting(meeting, by=self.by)

    @verb(takes=DayInput)
    def move(self, meeting: Meeting, *, held_on: datetime.date) -> Meeting:
        """Another day for this meeting; the rhythm goes on as it was."""
        return actions.move_meeting(meeting, by=self.by, held_on=held_on)

    @extend_schema(parameters=[IF_MATCH], request=MeetingNotesInput, responses=MeetingSerializer)
    @action(detail=True, methods=["patch"], url_path="notes", url_name="notes")
    def save_notes(self, request: Request, pk: int) -> Response:
        """Save the shared notes. A stale version is refused with what is stored."""
        meeting, fields = self.get_object(), self.taken(MeetingNotesInput)
        with version_of(request, fields.pop("version", None)) as version:
            saved = actions.save_meeting_notes(meeting, by=self.by, version=version, **fields)
        return with_etag(self.changed(saved), saved.version)

    @extend_schema(responses=PrivateNoteSerializer)
    @action(detail=True, url_path="private-note", url_name="private-note")
    def private_note(self, request: Request, pk: int) -> Response:
        """What the person acted for noted for themselves; nobody else's is anywhere."""
        meeting = self.get_object()
        note = PrivateNote.objects.visible_to(self.by).filter(meeting=meeting).first() or PrivateNote(meeting=meeting)
        return with_etag(Response(PrivateNoteSerializer(note).data), note.version)

    @extend_schema(parameters=[IF_MATCH], request=PrivateNoteInput, responses=PrivateNoteSerializer)
    @private_note.mapping.patch
    def save_private_note(self, request: Request, pk: int) -> Response:
        """Save one's private notes."""
        meeting, fields = self.get_object(), self.taken(PrivateNoteInput)
        with version_of(request, fields.pop("version", None)) as version:
            note = actions.save_private_note(meeting, by=self.by, version=version, **fields)
        return with_etag(Response(PrivateNoteSerializer(note).data), note.version)


class AgendaItemViewSet(ResourceViewSet):
    """What lies on the table of one's one-to-ones, and what was discussed."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {
        "discuss": "performance.discuss_agenda_item",
        "up": "performance.move_agenda_item",
        "remove": "performance.remove_agenda_item",
    }
    queryset = AgendaItem.objects.select_related(*PAIR, "added_by").order_by("id")
    serializer_class = AgendaItemSerializer
    filterset_class = filters.AgendaItemFilter

    @extend_schema(request=AgendaItemInput, responses={201: AgendaItemSerializer})
    def create(self, request: Request) -> Response:
        """Put something on the table."""
        fields = self.taken(AgendaItemInput)
        if not self.by.has_perm("performance.add_agenda_item", fields["one_to_one"]):
            raise PermissionDenied
        return self.changed(actions.add_agenda_item(by=self.by, **fields), 201)

    @verb(takes=DiscussInput)
    def discuss(self, item: AgendaItem, *, meeting: Meeting) -> AgendaItem:
        """Tick off in a meeting of the series; once more puts it back."""
        return actions.discuss_agenda_item(item, by=self.by, meeting=meeting)

    @verb()
    def up(self, item: AgendaItem) -> AgendaItem:
        """One place up."""
        return actions.move_agenda_item(item, by=self.by)

    @verb(schema={"responses": {204: None}})
    def remove(self, item: AgendaItem) -> Response:
        """Take back what one put on the table and what was not discussed yet."""
        actions.remove_agenda_item(item, by=self.by)
        return Response(status=204)


class OneToOneActionViewSet(BulkVerbs):
    """What was promised in one's one-to-ones."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    bulk_verbs = ("complete", "reopen")
    permission_map = {"complete": "performance.complete_action", "reopen": "performance.reopen_action"}
    queryset = ActionItem.objects.select_related(*PAIR, "owner").order_by("id")
    serializer_class = OneToOneActionSerializer
    filterset_class = filters.OneToOneActionFilter

    @extend_schema(request=OneToOneActionInput, responses={201: OneToOneActionSerializer})
    def create(self, request: Request) -> Response:
        """Note what one of the two promised."""
        fields = self.taken(OneToOneActionInput)
        if not self.by.has_perm("performance.agree_action", fields["one_to_one"]):
            raise PermissionDenied
        return self.changed(actions.agree_action(by=self.by, **fields), 201)

    @verb()
    def complete(self, row: ActionItem) -> ActionItem:
        """It is done."""
        return actions.complete_action(row, by=self.by)

    @verb()
    def reopen(self, row: ActionItem) -> ActionItem:
        """It was not done after all."""
        return actions.reopen_action(row, by=self.by)
