"""Every operation keeps to the schema: declared statuses, types and headers, and never an error of the portal's own."""

import re
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from hrportal.integrations.actions import create_client
from hrportal.journal.api import JobSerializer
from tests.access.world import EVERY_SCOPE, make_world
from tests.api.conftest import token_of
from tests.contract.contract import Contract

EVERY = 20  # of the paths in the normal run
PARTS = ("ab", "c", "de", "f", "gh", "ijklm", "no", "p", "q-r", "s", "t-z")
pytestmark = [pytest.mark.one_database, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def contract(db, settings) -> Contract:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("zeal.")]  # asked elsewhere
    settings.API_RATE_LIMITS = {}
    client, secret = create_client("Contract", scopes=EVERY_SCOPE)
    return Contract(make_world(), token_of(client.pk, secret))


def paths() -> list[str]:
    """Every path of the API."""
    return sorted(SchemaGenerator().get_schema(public=True)["paths"])


def test_some_operations_keep_to_the_schema(contract):
    breaches = contract.breaches(*paths()[::EVERY], examples=3)

    assert breaches == []
    assert {"200", "400", "401", "403", "404", "405"} <= contract.statuses.keys()


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("letters", PARTS)
def test_every_operation_keeps_to_the_schema(contract, letters):
    part = re.compile(f"/api/v1/[{letters}]")

    assert contract.breaches(*filter(part.match, paths())) == []


def test_an_answer_of_another_shape_is_told(contract, monkeypatch):
    def shapeless(_self: Any, _job: Any) -> dict[str, str]:
        return {"id": "one"}

    monkeypatch.setattr(JobSerializer, "to_representation", shapeless)
    (breach, *_others) = contract.breaches("/api/v1/jobs/{id}/", phases=("fuzzing",), examples=10)

    assert breach.startswith("GET /api/v1/jobs/{id}/ Response violates schema")
