"""The skills inventory."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.slots import collect
from talent.api.serializers.profiles import LineageSerializer
from talent.models import SkillAssessment


class SkillSerializer(serializers.ModelSerializer):
    """A level somebody was found to have; of each kind of source the newest. It counts from `assessed_on`."""

    employee = EmployeeRef(source="profile.employee", read_only=True)
    competency = NamedRef(read_only=True)
    lineage = serializers.SerializerMethodField()

    class Meta:
        model = SkillAssessment
        fields = [
            "id",
            "employee",
            "competency",
            "level",
            "kind",
            "assessed_on",
            "source",
            "source_version",
            "shared_at",
            "recorded_at",
            "lineage",
        ]
        read_only_fields = fields

    @extend_schema_field(LineageSerializer(allow_null=True))
    def get_lineage(self, skill: SkillAssessment) -> dict[str, Any] | None:
        found = collect("talent.rating_lineage_link", source=skill.source, version=skill.source_version)
        return LineageSerializer(found[0]).data if found else None
