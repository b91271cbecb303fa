"""Every operation keeps to the schema: declared statuses, types and headers, and never an error of the portal's own."""

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from hrportal.integrations.actions import create_client
from performance.api.serializers.goals import GoalPeriodSerializer
from tests.access.world import EVERY_SCOPE, make_world
from tests.api.conftest import token_of
from tests.contract.contract import Contract
from tests.support.schema import schema_of_api

EVERY = 80  # of the paths in the normal run
PARTS = 12  # of all paths, about as long as each other, so that several processes can share them
pytestmark = [pytest.mark.one_database, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def contract(db, settings) -> Contract:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("zeal.")]  # asked elsewhere
    settings.API_RATE_LIMITS = {}
    client, secret = create_client("Contract", scopes=EVERY_SCOPE)
    return Contract(make_world(), token_of(client.pk, secret))


def paths() -> list[str]:
    """Every path of the API."""
    return sorted(schema_of_api()["paths"])


def part(number: int) -> list[str]:
    """The paths of some resources: whole ones, since requests of a resource build on each other."""
    ordered = paths()
    resources = [path.split("/")[3] for path in ordered]
    parts = [resources.index(name) * PARTS // len(ordered) for name in resources]
    return [path for path, its in zip(ordered, parts, strict=True) if its == number]


def test_some_operations_keep_to_the_schema(contract):
    assert contract.breaches(*paths()[::EVERY], examples=3) == []
    assert {"200", "400", "401", "404", "405"} <= contract.statuses.keys()


def test_an_answer_of_another_shape_is_told(contract, monkeypatch):
    monkeypatch.setattr(GoalPeriodSerializer, "to_representation", lambda _self, _row: {"id": "one"})
    breach = contract.breaches("/api/v1/goal-periods/", phases=("coverage",))[0]

    assert breach.startswith("GET /api/v1/goal-periods/ Response violates schema")


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("number", range(PARTS))
def test_every_operation_keeps_to_the_schema(contract, number):
    assert contract.breaches(*part(number)) == []


@pytest.mark.long
def test_the_document_itself_is_valid():
    assert [str(error) for error in OpenAPIV31SpecValidator(schema_of_api()).iter_errors()] == []
