"""What happens around a table, as the API shows and reads it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from calibration.actions.agenda import LONGEST_NOTE
from calibration.around.pre_read import PreReading
from calibration.enums import PreRead
from calibration.models import CalibrationSession, Recusal
from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef, NamedRef, RatingRef, TitledRef
from hrportal.people.models import Employee


class RecusalSerializer(serializers.ModelSerializer):
    """A declared conflict: `employee` neither sees nor decides anything about `about`, in any session of the cycle."""

    session = TitledRef(read_only=True)
    cycle = serializers.IntegerField(source="session.cycle_id", read_only=True)
    employee = EmployeeRef(read_only=True)
    about = EmployeeRef(read_only=True)
    declared_by = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = Recusal
        fields = ["id", "session", "cycle", "employee", "about", "reason", "declared_by", "declared_at"]
        read_only_fields = fields


class RecusalInput(StrictSerializer):
    """Without `employee` one declares it for oneself. `about` may be anybody, reviewed in the session or not."""

    session = VisibleRow(queryset=CalibrationSession.objects.select_related("org_unit", "parent"))
    employee = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all(), required=False)
    about = VisibleRow(queryset=Employee.objects.employed())
    reason = serializers.CharField(max_length=300)


class PreReadSerializer(serializers.ModelSerializer):
    """A session that asks, or asked, what people think before the meeting."""

    class Meta:
        model = CalibrationSession
        fields = ["id", "name", "state", "pre_read_opened_at", "pre_read_due_on"]
        read_only_fields = fields


class PreReadDetailSerializer(PreReadSerializer):
    """With how far the reader is: how many answers are wanted of them and how many are given; nothing of others."""

    asked = serializers.SerializerMethodField()
    answered = serializers.SerializerMethodField()

    class Meta(PreReadSerializer.Meta):
        fields = [*PreReadSerializer.Meta.fields, "asked", "answered"]
        read_only_fields = fields

    def _reading(self, session: CalibrationSession) -> PreReading:
        if not hasattr(self, "_read"):
            self._read = PreReading(session, self.context["request"].user)
        return self._read

    def get_asked(self, session: CalibrationSession) -> int:
        reading = self._reading(session)
        return reading.asked if reading.is_asked else 0

    def get_answered(self, session: CalibrationSession) -> int:
        reading = self._reading(session)
        return reading.answered if reading.is_asked else 0


class TableCardSerializer(serializers.Serializer):
    """Whose card it is."""

    card = serializers.IntegerField(source="card.pk", read_only=True)
    review = serializers.IntegerField(source="card.review_id", read_only=True)
    employee = EmployeeRef(source="card.review.employee", read_only=True)
    reviewer = EmployeeRef(source="card.review.reviewer", read_only=True, allow_null=True)
    job = NamedRef(source="card.review.job", read_only=True, allow_null=True)
    proposed_rating = RatingRef(source="card.proposal", read_only=True, allow_null=True)


class PreReadEntrySerializer(TableCardSerializer):
    """One proposal with the reader's own answer. Send `version` (or the ETag) back with an answer; 0 before the first."""

    answer = serializers.SerializerMethodField()
    note = serializers.SerializerMethodField()
    version = serializers.SerializerMethodField()
    is_own_proposal = serializers.BooleanField(read_only=True)
    is_outdated = serializers.BooleanField(read_only=True)

    @extend_schema_field(serializers.ChoiceField(choices=PreRead.choices, allow_blank=True))
    def get_answer(self, entry: Any) -> str:
        return entry.answer.answer if entry.answer else ""

    def get_note(self, entry: Any) -> str:
        return entry.answer.note if entry.answer else ""

    def get_version(self, entry: Any) -> int:
        return entry.answer.version if entry.answer else 0


class WrittenSerializer(serializers.Serializer):
    question = serializers.CharField(source="question.text", read_only=True)
    text = serializers.CharField(read_only=True)
    choice = serializers.CharField(read_only=True)


class PreReadOneSerializer(PreReadEntrySerializer):
    """With what the manager wrote, for a reader whose scopes open reviews."""

    written = serializers.SerializerMethodField()

    @extend_schema_field(WrittenSerializer(many=True))
    def get_written(self, entry: Any) -> Any:
        return WrittenSerializer(self.context["written"], many=True).data


class PreReadOpenInput(StrictSerializer):
    due_on = serializers.DateField(required=False, allow_null=True)


class PreReadAnswerInput(StrictSerializer):
    """Without `answer` only the note is kept, and an answer given before stays."""

    answer = serializers.ChoiceField(choices=PreRead.choices, required=False)
    note = serializers.CharField(allow_blank=True, max_length=5000, required=False)
    version = serializers.IntegerField(min_value=0, required=False, help_text="The version read; or send If-Match.")


class ViewSerializer(serializers.Serializer):
    """What one person answered."""

    employee = EmployeeRef(read_only=True)
    answer = serializers.ChoiceField(choices=PreRead.choices, read_only=True)
    note = serializers.CharField(read_only=True)


class SplitSerializer(TableCardSerializer):
    """How the views of one proposal stand. An answer about an earlier proposal counts as missing."""

    agree = serializers.IntegerField(read_only=True)
    question = serializers.IntegerField(read_only=True)
    abstain = serializers.IntegerField(read_only=True)
    missing = serializers.IntegerField(read_only=True)
    answers = ViewSerializer(many=True, read_only=True)


class PlannedTalkSerializer(TableCardSerializer):
    """Somebody on the agenda; `place` counts what the reader sees."""

    place = serializers.IntegerField(source="card.place", read_only=True)
    session = serializers.IntegerField(source="card.session_id", read_only=True)
    rating = RatingRef(source="card.rating", read_only=True, allow_null=True)
    note = serializers.CharField(source="card.agenda_note", read_only=True)
    is_discussed = serializers.BooleanField(source="card.is_discussed", read_only=True)


class AgendaSerializer(serializers.Serializer):
    """Whom a table talks about, in their order."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    items = PlannedTalkSerializer(many=True, read_only=True)


class HintSerializer(TableCardSerializer):
    """Who else might be talked about, and why."""

    reasons = serializers.ListField(child=serializers.CharField(), read_only=True)


class AgendaNoteInput(StrictSerializer):
    note = serializers.CharField(allow_blank=True, max_length=LONGEST_NOTE, required=False)


class AgendaMoveInput(StrictSerializer):
    earlier = serializers.BooleanField(default=True)


class AgendaAddedSerializer(serializers.Serializer):
    """How many people came to the agenda."""

    added = serializers.IntegerField(read_only=True)
