"""Development plans, their items and actions."""

from rest_framework import serializers

from hrportal.common.api import StrictSerializer
from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.models import Competency, Employee
from hrportal.people.models.competencies import HIGHEST, LOWEST
from talent.enums import ActionKind
from talent.models import DevelopmentPlan, PlanAction, PlanItem


class ActionSerializer(serializers.ModelSerializer):
    """Something somebody does about an item by a day."""

    owner = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = PlanAction
        fields = ["id", "kind", "title", "owner", "due_on", "done_at", "evidence"]
        read_only_fields = fields


class ItemSerializer(serializers.ModelSerializer):
    """A gap to close. `source` says opaquely what asked for it, and is empty if somebody wrote it by hand."""

    competency = NamedRef(read_only=True, allow_null=True)
    owner = EmployeeRef(read_only=True, allow_null=True)
    actions = ActionSerializer(many=True, read_only=True)

    class Meta:
        model = PlanItem
        fields = [
            "id",
            "title",
            "why",
            "competency",
            "target_level",
            "owner",
            "due_on",
            "state",
            "source",
            "shared_at",
            "created_at",
            "closed_at",
            "actions",
        ]
        read_only_fields = fields


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
    target_level = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, allow_null=True, required=False)
    owner = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all(), required=False)
    due_on = serializers.DateField(allow_null=True, required=False)


class NewItemInput(ItemInput):
    """An item for somebody's open plan; a plan opens if there is none."""

    employee = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.select_related("org_unit"))


class CloseInput(StrictSerializer):
    is_done = serializers.BooleanField(required=False, help_text="false when nobody pursues it any longer.")


class ActionInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=ActionKind.choices)
    title = serializers.CharField(max_length=300)
    owner = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all(), required=False)
    due_on = serializers.DateField(allow_null=True, required=False)


class EvidenceInput(StrictSerializer):
    evidence = serializers.CharField(allow_blank=True, max_length=5000, required=False)
