"""The schema shows what all operations have in common, and its examples are what it says they are."""

import json
import re

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from hrportal.common.examples import ExampleMaker
from tests.support.schema import schema_of_api


@pytest.fixture(scope="module")
def schema():
    return schema_of_api()


def operations(schema):
    return [
        (operation["operationId"], path, method, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def bodies(operation):
    described = [operation.get("requestBody", {})]
    described += [answer for status, answer in operation["responses"].items() if status < "300"]
    return [content for one in described for content in one.get("content", {}).values() if "schema" in content]


def test_every_body_has_an_example_and_every_example_fits(schema):
    whole = Resource.from_contents({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})
    registry, wrong, seen = Registry().with_resource("urn:it", whole), [], 0
    for name, _path, _method, operation in operations(schema):
        for content in bodies(operation):
            shape = json.loads(json.dumps(content["schema"]).replace('"#/', '"urn:it#/'))
            given = [content["example"]] if "example" in content else [e["value"] for e in content["examples"].values()]
            check = Draft202012Validator(shape, registry=registry)
            wrong += [(name, error.message) for value in given for error in check.iter_errors(value)]
            seen += len(given)

    assert seen > 300
    assert wrong == []


def test_operations_say_what_may_be_sent_with_them(schema):
    for name, path, method, operation in operations(schema):
        parameters = {parameter["name"] for parameter in operation.get("parameters", [])}
        statuses = operation["responses"].keys()
        assert "429" in statuses, name
        assert ("Idempotency-Key" in parameters) == (method == "post"), name
        assert ("422" in statuses) == (method == "post"), name
        if name.endswith("_retrieve"):
            assert {"fields", "If-None-Match"} <= parameters, name
            assert "304" in statuses, name
        if name.endswith("_list") and "changes" not in name:
            assert "fields" in parameters, (name, path)
        if method == "patch" and "{id}" in path:
            assert "If-Match" in parameters, name
            assert "412" in statuses, name


def test_answers_name_their_headers_by_reference(schema):
    shared = schema["components"]["headers"]
    answer = schema["paths"]["/api/v1/employees/"]["get"]["responses"]["200"]

    assert {"RateLimit", "RateLimit-Policy", "X-Request-Id", "Watermark"} <= answer["headers"].keys()
    assert answer["headers"]["RateLimit"] == {"$ref": "#/components/headers/RateLimit"}
    assert {"ETag", "Retry-After", "Idempotency-Replayed"} <= shared.keys()
    for name in re.findall(r'"#/components/headers/([^"]+)"', json.dumps(schema)):
        assert name in shared


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": ["string", "null"], "format": "date"}, "2026-11-20"),
        ({"type": "string", "enum": ["", "draft"]}, "draft"),
        ({"type": "integer", "minimum": 10}, 10),
        ({"type": "array", "items": {"type": "boolean"}}, [True]),
        ({"allOf": [{"$ref": "#/components/schemas/Ref"}], "description": "x"}, {"id": 7}),
        ({"type": "string", "pattern": r"^-?\d{0,8}(?:\.\d{0,2})?$"}, "12.50"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, {"12": 7}),
    ],
)
def test_example_fits_its_description(schema, value):
    components = {"Ref": {"type": "object", "properties": {"id": {"type": "integer"}}}}

    assert ExampleMaker(components).make(schema) == value
