"""A client that a program made of the schema, and nobody touched, tells the whole story as well as one written by hand."""

import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, get_args, get_type_hints
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.live import test_api_story as story
from tests.support.schema import schema_of_api

pytestmark = [pytest.mark.services, pytest.mark.long]

NAME = "payroll_client"
# The generator knows bytes by one name only.
CONFIG = {"content_type_overrides": {"application/gzip": "application/octet-stream"}}
people, doors = story.people, story.doors


@pytest.fixture
def schema() -> story.Json:
    return schema_of_api()


@pytest.fixture
def package(schema, tmp_path, monkeypatch) -> ModuleType:
    """The client, as the generator leaves it. A warning is a failure: it says that something was left out."""
    described, config = tmp_path / "schema.json", tmp_path / "config.json"
    described.write_text(json.dumps(schema))
    config.write_text(json.dumps(CONFIG))
    command = ["generate", "--path", described, "--config", config, "--output-path", tmp_path / NAME]
    command += ["--meta", "none", "--fail-on-warning"]
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # it has its code formatted
    made = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", *command],
        env=os.environ | {"PATH": tools},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    monkeypatch.syspath_prepend(tmp_path)
    return importlib.import_module(NAME)


@pytest.fixture
def generated(package, schema, monkeypatch) -> None:
    """Let the story be told through the generated client."""

    class Generated(GeneratedApi):
        operations = list(operations_of(schema))
        client = package.AuthenticatedClient

    monkeypatch.setattr(story, "Api", Generated)


def operations_of(schema: story.Json) -> Any:
    """Method, a pattern of the path, the module of the client, and which parameters are lists."""
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)
            parameters = {one["name"]: one["schema"] for one in operation.get("parameters", ())}
            name = f"{NAME}.api.{operation['tags'][0].replace('-', '_').lower()}.{operation['operationId']}"
            yield method.upper(), re.compile(pattern), name, parameters


class GeneratedApi(story.Api):
    """What the story asks by path, asked through the function that the generator made of it."""

    operations: list[Any]
    client: Any

    def _ask(self, method: str, path: str, status: int, fields: story.Json | None = None) -> story.Json:
        address = urlsplit(path)
        module, given = self._found(method, f"/api/v1{address.path}", parse_qs(address.query))
        call = module.sync_detailed
        if body := get_type_hints(call).get("body"):
            model = next(one for one in (body, *get_args(body)) if hasattr(one, "from_dict"))
            given["body"] = model.from_dict(fields or {})
            unknown = (fields or {}).keys() - given["body"].to_dict().keys()
            assert not unknown, f"{path} takes no {unknown}"
        answer = call(client=self._client(), act_for=self.session.headers["Act-For"], **given)
        assert answer.status_code == status, answer.content
        return answer.parsed.to_dict()

    def _found(self, method: str, path: str, query: dict[str, list[str]]) -> tuple[ModuleType, dict[str, Any]]:
        for taken, pattern, name, parameters in self.operations:
            if taken == method and (match := pattern.fullmatch(path)):
                texts = match.groupdict() | {key: ",".join(values) for key, values in query.items()}
                return importlib.import_module(name), {
                    key: _typed(text, parameters[key]) for key, text in texts.items()
                }
        raise AssertionError(f"the schema has no {method} {path}")

    def _client(self) -> Any:
        base, token = self.url.removesuffix("/api/v1"), self.session.headers["Authorization"].removeprefix("Bearer ")
        return self.client(base_url=base, token=token, timeout=60)


def _typed(text: str, schema: story.Json) -> Any:
    if schema["type"] == "array":
        return [_typed(part, schema["items"]) for part in text.split(",")]
    return int(text) if schema["type"] == "integer" else text


def test_the_whole_story_through_a_generated_client(generated, doors, people):
    story.test_from_a_cycle_to_a_bench(doors, people)
