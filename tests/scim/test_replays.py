"""What Okta and Entra send from the first test of the connection to the last deletion, step by step.

A step keeps parts of an answer under a name, `{name}` puts them into later steps; `shows` names parts of the answer.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.scim.conftest import make_scim

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FIXTURES = Path(__file__).with_name("fixtures")


def part(body: Any, path: str) -> Any:
    """A part of an answer: names and numbers with dots between them, or bars where a name has dots in it."""
    for name in path.split("|" if "|" in path else "."):
        body = body[int(name)] if isinstance(body, list) else body.get(name)
    return body


def filled(text: str, kept: dict[str, str]) -> str:
    for name, value in kept.items():
        text = text.replace(f"{{{name}}}", value)
    return text


@pytest.mark.parametrize("name", ["okta", "entra"])
def test_an_identity_provider_gets_through_its_story(name, db):
    story = json.loads((FIXTURES / f"{name}.json").read_text())
    scim = make_scim(story["client"], takes_on_people=True)
    kept: dict[str, str] = {}

    for step in story["steps"]:
        method, path = step["ask"]
        body = json.loads(filled(json.dumps(step["body"]), kept)) if "body" in step else None
        answer = scim.ask(method, filled(path, kept), body)
        assert answer.status_code == step["status"], (step["does"], answer.content)
        told = json.loads(answer.content) if answer.content else {}
        kept |= {key: part(told, where) for key, where in step.get("keep", {}).items()}
        shows = json.loads(filled(json.dumps(step.get("shows", {})), kept))
        assert {key: part(told, key) for key in shows} == shows, step["does"]
