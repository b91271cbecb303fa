"""How the API describes itself: stable operation ids, and the problem documents every operation may answer with."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import follow_field_source
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from hrportal.common.problems import CONTENT_TYPE, TITLES

READS = {"400", "401", "403", "404", "405", "406"}
WRITES = READS | {"409", "413", "415"}
VERSIONED = WRITES | {"412", "428"}

ACT_FOR = OpenApiParameter(
    name="Act-For",
    location=OpenApiParameter.HEADER,
    description="The employee number of the person the client acts for; needs the scope `act_for`.",
)
IF_MATCH = OpenApiParameter(
    name="If-Match",
    location=OpenApiParameter.HEADER,
    description="The ETag that was read; or send `version` in the body.",
)


class FieldProblem(serializers.Serializer):
    """One thing wrong with the input: where it is (in the body or in the query), what kind, in words."""

    pointer = serializers.CharField(required=False, help_text="JSON pointer into the body; empty for the whole of it.")
    parameter = serializers.CharField(required=False, help_text="Name of the query parameter.")
    code = serializers.CharField()
    detail = serializers.CharField()


class Problem(serializers.Serializer):
    """Every error, as RFC 9457 has it."""

    type = serializers.CharField(help_text="A URN that names the kind of problem.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What happened, in a sentence that can be shown to a person.")
    instance = serializers.CharField(help_text="The path that was asked for.")
    code = serializers.CharField(help_text="The last part of `type`, for programs.")
    request_id = serializers.CharField(help_text="Quote it when you ask about this answer.")
    errors = FieldProblem(many=True, required=False)  # type: ignore[assignment]
    version = serializers.IntegerField(required=False, help_text="Of a stale change: the stored version.")
    current = serializers.DictField(required=False, help_text="Of a stale change: what is stored.")


class ProblemSchema(AutoSchema):
    """Adds to every operation what all of them have in common."""

    def get_override_parameters(self) -> list[Any]:
        return [
            *super().get_override_parameters(),
            *([ACT_FOR] if any("client" in need for need in self.get_auth()) else []),
        ]

    def get_operation_id(self) -> str:
        """`reviews_submit`: resource and verb, so that generated clients keep their names when paths are added."""
        name = getattr(self.view, "action", None)
        basename = getattr(self.view, "basename", None)
        if not name or not basename:
            return super().get_operation_id()
        return f"{basename.replace('-', '_')}_{name.strip('_')}"

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        responses = super()._get_response_bodies(direction)
        for status in sorted(self._problem_statuses() - responses.keys()):
            described = OpenApiResponse(Problem, description=str(TITLES[int(status)]))
            responses[status] = self._get_response_for_code(described, status, [CONTENT_TYPE], direction)
        return responses

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> Any:
        """As the framework has it, but a text or choice that may be stored empty may be read empty."""
        if _may_be_read_empty(field):
            field.allow_blank = True
        schema = super()._map_serializer_field(field, direction, bypass_extensions)
        if schema and schema.get("format") in {"email", "uri"} and field.allow_blank:
            del schema["format"]  # the empty text is neither
        return schema

    def _problem_statuses(self) -> set[str]:
        if not self.get_auth():
            return set()
        if self.method == "GET":
            return READS
        return VERSIONED if self._is_versioned() else WRITES

    def _is_versioned(self) -> bool:
        return any(getattr(parameter, "name", "") == IF_MATCH.name for parameter in self.get_override_parameters())


def _may_be_read_empty(field: Any) -> bool:
    """Whether a field only for reading shows a column that may be empty; the serializer itself no longer knows."""
    if not field.read_only or not isinstance(field, serializers.CharField | serializers.ChoiceField):
        return False
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    column = model and follow_field_source(model, field.source_attrs, emit_warnings=False)
    return bool(getattr(column, "blank", False))


def example(name: Any, value: dict[str, Any], **options: Any) -> OpenApiExample:
    """An example of a body, for the documentation."""
    return OpenApiExample(str(name), value=value, **options)
