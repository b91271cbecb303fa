"""People as the API shows them. The restricted fields (birth year, gender, reason for leaving) are in none of these."""

from rest_framework import serializers

from hrportal.people.models import Employee, OrgUnit, Position


class EmployeeRef(serializers.ModelSerializer):
    """Just enough to say who."""

    class Meta:
        model = Employee
        fields = ["id", "employee_number", "name"]
        read_only_fields = fields

    name = serializers.CharField(read_only=True)


class NamedRef(serializers.Serializer):
    """Something the HRIS knows by a code and people by a name."""

    id = serializers.IntegerField(read_only=True)
    code = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)


class TitledRef(serializers.Serializer):
    """Something people know by its name."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)


class RatingRef(serializers.Serializer):
    """A step of a rating scale: people see the label, arithmetic uses the value."""

    id = serializers.IntegerField(read_only=True)
    value = serializers.IntegerField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]


class EmployeeSerializer(serializers.ModelSerializer):
    """An employee as the directory shows them, under the keys both systems know them by."""

    display_name = serializers.CharField(source="name", read_only=True)
    manager = EmployeeRef(read_only=True, allow_null=True)
    org_unit = NamedRef(read_only=True, allow_null=True)
    job = NamedRef(read_only=True, allow_null=True)
    position = NamedRef(read_only=True, allow_null=True)
    location = NamedRef(read_only=True, allow_null=True)
    legal_entity = NamedRef(read_only=True, allow_null=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = Employee
        fields = [
            "id",
            "employee_number",
            "source",
            "remote_id",
            "first_name",
            "last_name",
            "preferred_name",
            "display_name",
            "work_email",
            "status",
            "hired_on",
            "left_on",
            "manager",
            "org_unit",
            "job",
            "position",
            "location",
            "legal_entity",
            "created_at",
            "modified_at",
        ]
        read_only_fields = fields


class OrgUnitSerializer(serializers.ModelSerializer):
    """A node of the organisation; `parent` is the id of the unit above."""

    class Meta:
        model = OrgUnit
        fields = ["id", "code", "name", "kind", "parent", "is_active"]
        read_only_fields = fields


class PositionSerializer(serializers.ModelSerializer):
    """A seat, and who sits on it."""

    job = NamedRef(read_only=True, allow_null=True)
    org_unit = NamedRef(read_only=True, allow_null=True)
    incumbent = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = Position
        fields = ["id", "code", "name", "job", "org_unit", "incumbent", "is_active"]
        read_only_fields = fields
