"""How a request names people and rows of the organisation: by our id or by the keys of the system it comes from."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.people.enums import ManagerKey
from hrportal.people.models import Employee

MANAGER = {
    "type": "object",
    "description": "One of the four; `source` goes with `remote_id`.",
    "properties": {
        "id": {"type": "integer"},
        "employee_number": {"type": "string", "maxLength": 50},
        "remote_id": {"type": "string", "maxLength": 200},
        "work_email": {"type": "string", "maxLength": 254},
        "source": {"type": "string", "maxLength": 50},
    },
    "additionalProperties": False,
    "minProperties": 1,
    "maxProperties": 2,
    "example": {"employee_number": "E1042"},
}


@extend_schema_field(MANAGER)
class ManagerField(serializers.Field):
    """Somebody stored, by our id, their id in the source system, their number or their work address."""

    default_error_messages = {
        "one_key": _("Name a manager by one of id, employee_number, remote_id and work_email."),
        "unknown": _("Nobody here is known by that."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_null=True, **options)

    def to_internal_value(self, data: Any) -> Employee:
        named = {key: value for key, value in data.items() if key != "source"} if isinstance(data, dict) else {}
        if len(named) != 1 or not named.keys() <= {"id", *ManagerKey.values}:
            self.fail("one_key")
        key, value = next(iter(named.items()))
        if type(value) is not (int if key == "id" else str) or not isinstance(data.get("source", ""), str):
            self.fail("one_key")
        found = _condition(key, value, data) and Employee.objects.filter(**_condition(key, value, data)).first()
        if not found:
            self.fail("unknown")
        return found


def _condition(key: str, value: Any, given: dict[str, Any]) -> dict[str, Any]:
    if key == ManagerKey.EMAIL:
        return {"work_email__iexact": value} if value else {}
    if key == ManagerKey.REMOTE:
        source = {"source": given["source"]} if "source" in given else {}
        return {"remote_id": value, **source} if value else {}
    return {key: value}


@extend_schema_field({"type": "string", "maxLength": 100})
class CodeField(serializers.SlugRelatedField):
    """A row of the organisation by its code; one that is no longer in use takes nobody new."""

    def __init__(self, queryset: Any, **options: Any) -> None:
        super().__init__(slug_field="code", queryset=queryset, allow_null=True, **options)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)
