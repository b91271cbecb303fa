"""What the API says of itself is true, complete and can be read without a token."""

import json
import re

import pytest
from django.urls import get_resolver
from drf_spectacular.drainage import GENERATOR_STATS
from jsonschema import Draft202012Validator

from hrportal.common.access import Access, access_of
from hrportal.common.checks import all_routes
from hrportal.integrations.oauth.scopes import Scope
from tests.support.schema import schema_of_api


@pytest.fixture(scope="module")
def schema():
    made = schema_of_api()
    assert not GENERATOR_STATS  # it keeps every warning since the process began
    return made


def operations(schema):
    return [
        (path, method, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method in {"get", "post", "patch", "put", "delete"}
    ]


def references(part):
    """The names of the components that this part of the schema refers to."""
    return set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(part)))


def answer_of(operation):
    return operation["responses"]["200"]["content"]["application/json"]["schema"]


def test_schema_is_served_to_everyone(client, schema):
    answer = client.get("/api/schema/")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/vnd.oai.openapi+json"
    assert answer.json()["paths"].keys() == schema["paths"].keys()


def test_schema_is_served_to_whoever_asks_for_plain_json(client):
    answer = client.get("/api/schema/", headers={"Accept": "application/json"})

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json()["openapi"].startswith("3.1")


def test_it_can_be_looked_over_line_by_line(schema):
    lines = {operation["operationId"]: operation["summary"] for _path, _method, operation in operations(schema)}
    resources = {tag["name"]: tag["description"] for tag in schema["tags"]}

    assert [name for name, line in lines.items() if not 4 < len(line) < 120 or line.endswith(".")] == []
    assert lines["reviews_retrieve"] == "One of them, by its id"
    assert resources["calibration-sessions"] == lines["calibration_sessions_list"]
    assert resources.keys() == {tag for _path, _method, operation in operations(schema) for tag in operation["tags"]}
    assert "client_credentials" in schema["info"]["description"]


def test_it_is_openapi_3_1_with_sound_json_schemas(schema):
    assert schema["openapi"].startswith("3.1.")
    for component in schema["components"]["schemas"].values():
        Draft202012Validator.check_schema(component)


def test_every_reference_leads_somewhere(schema):
    assert references(schema) <= schema["components"]["schemas"].keys()


def test_bodies_take_no_members_they_do_not_name(schema):
    named = schema["components"]["schemas"]
    bodies = {name for _, _, operation in operations(schema) for name in references(operation.get("requestBody"))}
    while further := {name for body in bodies for name in references(named[body])} - bodies:
        bodies |= further
    objects = {name for name in bodies if "properties" in named[name]}

    assert {"AgendaItemInputRequest", "BoxRequest"} <= objects
    assert [name for name in sorted(objects) if named[name].get("additionalProperties") is not False] == []


def test_reading_says_that_fields_leave_a_part_of_a_row(schema):
    named = schema["components"]["schemas"]
    whole, part = named["GoalPeriod"], named["SparseGoalPeriod"]
    either = {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("GoalPeriod", "SparseGoalPeriod")]}
    one = schema["paths"]["/api/v1/goal-periods/{id}/"]

    assert part["properties"] == whole["properties"]
    assert "required" not in part
    assert answer_of(one["get"]) == either
    assert named["PaginatedGoalPeriodList"]["properties"]["results"]["items"] == either
    assert answer_of(one["patch"]) == either["anyOf"][0]


def test_operation_ids_name_resource_and_verb_once(schema):
    names = [operation["operationId"] for _, _, operation in operations(schema)]

    assert len(names) == len(set(names))
    assert {"reviews_submit", "reviews_save_part", "calibration_sessions_lock", "employees_list"} <= set(names)


def test_every_operation_names_its_scope_and_its_problems(schema):
    for path, method, operation in operations(schema):
        ways = {name: scopes for requirement in operation["security"] for name, scopes in requirement.items()}
        assert set(ways.get("client", [])) <= set(Scope.values), path
        assert ways.keys() == {"personal", "person" if "/improvement-plans/" in path else "client"}, path
        assert {"401", "403"} <= operation["responses"].keys(), path
        assert operation["responses"]["414"].keys() == {"description"}  # the web server's, before the portal is asked
        for status, response in operation["responses"].items():
            if status >= "400" and status != "414":
                assert response["content"].keys() == {"application/problem+json"}, (path, method, status)


def test_versioned_operations_say_so(schema):
    for path in ("/api/v1/reviews/{id}/parts/{side}/", "/api/v1/calibration-sessions/{id}/cards/{card}/move/"):
        operation = schema["paths"][path].get("patch") or schema["paths"][path]["post"]
        assert {"412", "428"} <= operation["responses"].keys()
        assert "If-Match" in {parameter["name"] for parameter in operation["parameters"]}


def test_schema_covers_every_route_of_the_api(schema):
    routes = {path for path, _name, pattern in all_routes(get_resolver()) if path.startswith("api/v1/")}
    described = {re.sub(r"\{[^}]+\}", "{}", path) for path in schema["paths"]}

    assert {"/" + re.sub(r"<[^>]+>", "{}", path) for path in routes} == described


def test_every_verb_of_every_resource_names_a_scope():
    for path, _name, pattern in all_routes(get_resolver()):
        if not path.startswith("api/v1/"):
            continue
        declared = access_of(pattern.callback)
        assert isinstance(declared, Access)
        assert all(declared.scope_for(name) is not None for name in pattern.callback.actions.values()), path


def test_documentation_page_has_no_inline_script_or_style(client):
    page = client.get("/api/docs/")
    script = client.get("/api/docs/?script=")

    html = page.content.decode()
    assert page.status_code == 200
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", html)
    assert "https://" not in html
    assert script["Content-Type"] == "application/javascript"
