"""How the API describes itself: stable operation ids, and the problem documents every operation may answer with."""

import re
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import follow_field_source, force_instance
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from hrportal.common.api import StrictSerializer
from hrportal.common.problems import CONTENT_TYPE, TITLES
from hrportal.common.schema_headers import answered, asked

END_OF_FIRST_SENTENCE = re.compile(r"[.;:] |\.$")
READS = {"400", "401", "403", "404", "405", "406", "429"}
WRITES = READS | {"409", "413", "415"}

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


RANGE = OpenApiParameter(
    name="Range",
    location=OpenApiParameter.HEADER,
    description="One range of bytes (RFC 9110), so that a broken transfer goes on.",
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


def describe_resources(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Say beside each resource what it holds, as its list or first operation does. A hook of the schema's generator."""
    said: dict[str, str] = {}
    for methods in result["paths"].values():
        for operation in methods.values():
            for tag in operation["tags"]:
                said.setdefault(tag, operation["summary"])
    result["tags"] = [{"name": tag, "description": said[tag]} for tag in sorted(said)]
    return result


class ProblemSchema(AutoSchema):
    """Adds to every operation what all of them have in common."""

    def get_override_parameters(self) -> list[Any]:
        return [
            *super().get_override_parameters(),
            *([ACT_FOR] if any("client" in need for need in self.get_auth()) else []),
            *asked(self.view, self.method),
            *answered(self.view, self.method),
        ]

    def is_deprecated(self) -> bool:
        return super().is_deprecated() or bool(getattr(self.view, "deprecation", None))

    def get_description(self) -> str:  # type: ignore[override]  # the inspector we extend asks without path and method
        """What the view says; of an operation that will go also until when it answers, of many-at-once its verbs."""
        described = super().get_description()
        if deprecation := getattr(self.view, "deprecation", None):
            described += f"\n\nDeprecated since {deprecation.since}; answers until {deprecation.sunset}."
        verbs = getattr(self.view, "bulk_verbs", ()) if getattr(self.view, "action", "") == "bulk" else ()
        if verbs:
            described += "\n\nVerbs: " + ", ".join(f"`{name.strip('_').replace('_', '-')}`" for name in verbs) + "."
        return described

    def get_summary(self) -> str:
        """The first sentence of the description, for lists of operations; of one row among many, that it is one."""
        if getattr(self.view, "action", None) == "retrieve":
            return "One of them, by its id"
        return END_OF_FIRST_SENTENCE.split(" ".join(self.get_description().split()))[0]

    def get_operation_id(self) -> str:
        """`reviews_submit`: resource and verb, so that generated clients keep their names when paths are added."""
        name = getattr(self.view, "action", None)
        basename = getattr(self.view, "basename", None)
        if not name or not basename:
            return super().get_operation_id()
        return f"{basename.replace('-', '_')}_{name.strip('_')}"

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        responses = super()._get_response_bodies(direction)
        if self.method == "GET" and getattr(self.view, "action", None) == "retrieve":
            responses["304"] = {"description": "What `If-None-Match` names is what there is."}
        for status in sorted(self._problem_statuses() - responses.keys()):
            described = OpenApiResponse(Problem, description=str(TITLES[int(status)]))
            responses[status] = self._get_response_for_code(described, status, [CONTENT_TYPE], direction)
        responses["414"] = {"description": str(TITLES[414])}  # by the web server, in its own words
        return responses

    def _get_paginator(self) -> Any:
        """Only what is read comes in pages; a list of rows just made does not."""
        return super()._get_paginator() if self.method == "GET" else None

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> dict[str, Any]:
        """As the framework has it, but what is read to the letter takes no other members."""
        schema: dict[str, Any] = super()._map_basic_serializer(serializer, direction)
        if direction == "request" and isinstance(force_instance(serializer), StrictSerializer):
            schema["additionalProperties"] = False
        return schema

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
        names = {getattr(parameter, "name", "") for parameter in self.get_override_parameters()}
        return (
            WRITES
            | ({"412"} if IF_MATCH.name in names else set())
            | ({"428"} if self._takes_version() else set())
            | ({"422"} if self.method == "POST" else set())
        )

    def _takes_version(self) -> bool:
        return getattr(self.view, "action", None) in getattr(self.view, "takes_version", ())


def _may_be_read_empty(field: Any) -> bool:
    """Whether a field only for reading shows a column that may be empty; the serializer itself no longer knows."""
    if not field.read_only or not isinstance(field, serializers.CharField | serializers.ChoiceField):
        return False
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    column = model and follow_field_source(model, field.source_attrs, emit_warnings=False)
    return bool(getattr(column, "blank", False))


def file_answers(media_type: str) -> dict[Any, Any]:
    """What an operation answers that gives a file, whole or in part."""
    outside = OpenApiResponse(Problem, description=str(TITLES[416]))
    return {
        (200, media_type): OpenApiTypes.BINARY,
        (206, media_type): OpenApiTypes.BINARY,
        (416, CONTENT_TYPE): outside,
    }


def example(name: Any, value: dict[str, Any], **options: Any) -> OpenApiExample:
    """An example of a body, for the documentation."""
    return OpenApiExample(str(name), value=value, **options)
