"""One-to-ones, their meetings, agenda and promises. Private notes have a serializer and a row of their own."""

from rest_framework import serializers

from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef
from hrportal.people.models import Employee
from performance.enums import Rhythm
from performance.models import ActionItem, AgendaItem, Meeting, OneToOne, PrivateNote


class OneToOneSerializer(serializers.ModelSerializer):
    """A series of talks. `ended_at` is empty while it runs."""

    manager = EmployeeRef(read_only=True)
    employee = EmployeeRef(read_only=True)

    class Meta:
        model = OneToOne
        fields = ["id", "manager", "employee", "rhythm", "first_on", "started_at", "ended_at"]
        read_only_fields = fields


class OneToOneInput(StrictSerializer):
    """With one's manager, or with one of one's people."""

    person = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all())
    rhythm = serializers.ChoiceField(choices=Rhythm.choices)
    first_on = serializers.DateField()


class RhythmInput(StrictSerializer):
    rhythm = serializers.ChoiceField(choices=Rhythm.choices)


class DayInput(StrictSerializer):
    held_on = serializers.DateField()


class MeetingSerializer(serializers.ModelSerializer):
    """One talk, with the shared notes. `slot_on` is the day the rhythm gave it."""

    noted_by = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = Meeting
        fields = [
            "id",
            "one_to_one",
            "state",
            "slot_on",
            "held_on",
            "notes",
            "version",
            "noted_by",
            "noted_at",
            "settled_at",
        ]
        read_only_fields = fields


class MeetingNotesInput(StrictSerializer):
    version = serializers.IntegerField(min_value=1, required=False)
    notes = serializers.CharField(allow_blank=True, max_length=50_000, trim_whitespace=False)


class PrivateNoteSerializer(serializers.ModelSerializer):
    """What the person acted for noted for themselves."""

    class Meta:
        model = PrivateNote
        fields = ["meeting", "text", "version", "saved_at"]
        read_only_fields = fields


class PrivateNoteInput(StrictSerializer):
    version = serializers.IntegerField(min_value=1, required=False)
    text = serializers.CharField(allow_blank=True, max_length=50_000, trim_whitespace=False)


class AgendaItemSerializer(serializers.ModelSerializer):
    """Something to talk about. It lies on the table until `discussed_in` names a meeting."""

    added_by = EmployeeRef(read_only=True)

    class Meta:
        model = AgendaItem
        fields = ["id", "one_to_one", "title", "source", "position", "added_by", "added_at", "discussed_in"]
        read_only_fields = fields


class AgendaItemInput(StrictSerializer, serializers.ModelSerializer):
    one_to_one = VisibleRow(queryset=OneToOne.objects.all())

    class Meta:
        model = AgendaItem
        fields = ["one_to_one", "title"]


class DiscussInput(StrictSerializer):
    meeting = VisibleRow(queryset=Meeting.objects.all())


class OneToOneActionSerializer(serializers.ModelSerializer):
    """Something one of the two promised. It stays on the table until it is done."""

    owner = EmployeeRef(read_only=True)

    class Meta:
        model = ActionItem
        fields = ["id", "one_to_one", "title", "owner", "due_on", "agreed_at", "done_at"]
        read_only_fields = fields


class OneToOneActionInput(StrictSerializer, serializers.ModelSerializer):
    one_to_one = VisibleRow(queryset=OneToOne.objects.all())

    class Meta:
        model = ActionItem
        fields = ["one_to_one", "title", "owner", "due_on"]


class TalkingPointSerializer(serializers.Serializer):
    """Something the two might talk about; `key` puts it on the agenda."""

    key = serializers.CharField(read_only=True)
    title = serializers.CharField(read_only=True)
    why = serializers.CharField(read_only=True)
