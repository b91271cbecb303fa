"""Development plans, their items and actions."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.models import Competency, Employee
from hrportal.people.models.competencies import HIGHEST, LOWEST
from talent.enums import ActionKind, ItemPurpose
from talent.models import DevelopmentPlan, LearningItem, PlanAction, PlanCheckIn, PlanItem
from talent.models.development import MOST_PROGRESS


class ActionSerializer(serializers.ModelSerializer):
    """Something somebody does about an item by a day."""

    owner = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = PlanAction
        fields = [
            "id",
            "kind",
            "title",
            "owner",
            "due_on",
            "progress",
            "done_at",
            "evidence",
            "evidence_url",
            "learning_item",
        ]
        read_only_fields = fields


class PlanCheckInSerializer(serializers.ModelSerializer):
    """What somebody noted about an item on a day; it never changes."""

    by = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = PlanCheckIn
        fields = ["id", "by", "on", "progress", "note", "created_at"]
        read_only_fields = fields


class ItemSerializer(serializers.ModelSerializer):
    """A gap to close. `source` says opaquely what asked for it, and is empty if somebody wrote it by hand. `origin` says it in
    words, as far as the reader may know. `reached_level` is what the latest assessment for it found."""

    origin = serializers.SerializerMethodField()
    source = serializers.SerializerMethodField()  # type: ignore[assignment]  # a field of the answer, not of the class
    check_ins = PlanCheckInSerializer(many=True, read_only=True)
    competency = NamedRef(read_only=True, allow_null=True)
    owner = EmployeeRef(read_only=True, allow_null=True)
    actions = ActionSerializer(many=True, read_only=True)

    class Meta:
        model = PlanItem
        fields = [
            "id",
            "title",
            "why",
            "purpose",
            "origin",
            "competency",
            "from_level",
            "target_level",
            "reached_level",
            "owner",
            "due_on",
            "state",
            "source",
            "shared_at",
            "created_at",
            "closed_at",
            "closed_by",
            "closing_words",
            "actions",
            "check_ins",
        ]
        read_only_fields = fields

    @extend_schema_field(str)
    def get_origin(self, item: PlanItem) -> Any:
        return item.origin_for(self.context["request"].user)

    @extend_schema_field(str)
    def get_source(self, item: PlanItem) -> Any:
        return item.source_for(self.context["request"].user)


class PlanSerializer(serializers.ModelSerializer):
    """One person's plan. One's own shows what was shared."""

    employee = EmployeeRef(read_only=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = DevelopmentPlan
        fields = ["id", "employee", "state", "opened_at", "completed_at", "modified_at"]
        read_only_fields = fields


class PlanDetailSerializer(PlanSerializer):
    items = ItemSerializer(source="shown_items", many=True, read_only=True)

    class Meta(PlanSerializer.Meta):
        fields = [*PlanSerializer.Meta.fields, "items"]
        read_only_fields = fields


class ItemInput(StrictSerializer):
    title = serializers.CharField(max_length=300)
    why = serializers.CharField(max_length=300, allow_blank=True, required=False)
    competency = serializers.PrimaryKeyRelatedField(queryset=Competency.objects.all(), allow_null=True, required=False)
    purpose = serializers.ChoiceField(choices=ItemPurpose.choices, allow_blank=True, required=False)
    from_level = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, allow_null=True, required=False)
    target_level = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, allow_null=True, required=False)
    owner = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all(), required=False)
    due_on = serializers.DateField(allow_null=True, required=False)


class NewItemInput(ItemInput):
    """An item for somebody's open plan; a plan opens if there is none."""

    employee = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.select_related("org_unit"))


class CloseInput(StrictSerializer):
    """What names a competency is closed by the level the person has now; other items with evidence."""

    is_done = serializers.BooleanField(required=False, help_text="false when nobody pursues it any longer.")
    level = serializers.IntegerField(
        min_value=LOWEST,
        max_value=HIGHEST,
        allow_null=True,
        required=False,
        help_text="The level now. Without one, the newest that was found since the item was written counts.",
    )
    evidence = serializers.CharField(allow_blank=True, max_length=5000, required=False)
    reason = serializers.CharField(
        allow_blank=True, max_length=2000, required=False, help_text="Why nobody pursues it any longer."
    )


class ItemCheckInInput(StrictSerializer):
    note = serializers.CharField(allow_blank=True, max_length=5000, required=False)
    progress = serializers.IntegerField(min_value=0, max_value=MOST_PROGRESS, allow_null=True, required=False)
    on = serializers.DateField(allow_null=True, required=False, help_text="Today, if it is not given.")


class ActionInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=ActionKind.choices)
    title = serializers.CharField(max_length=300)
    owner = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all(), required=False)
    due_on = serializers.DateField(allow_null=True, required=False)
    learning_item = VisibleRow(queryset=LearningItem.objects.all(), allow_null=True, required=False)


class ActionChange(ActionInput):
    progress = serializers.IntegerField(min_value=0, max_value=MOST_PROGRESS, allow_null=True, required=False)


class EvidenceInput(StrictSerializer):
    evidence = serializers.CharField(allow_blank=True, max_length=5000, required=False)
    evidence_url = serializers.URLField(allow_blank=True, max_length=500, required=False)
