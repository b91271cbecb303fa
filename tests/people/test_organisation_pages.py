"""Pages on which units, jobs, positions, locations and legal entities are added, changed and taken out of use."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from hrportal.people.forms.organisation import KINDS
from hrportal.people.models import OrgUnit, Position
from tests.factories.people import (
    EmployeeFactory,
    JobFactory,
    LegalEntityFactory,
    LocationFactory,
    OrgUnitFactory,
    PositionFactory,
    make_user,
)

pytestmark = pytest.mark.django_db

FACTORIES = {
    "units": OrgUnitFactory,
    "jobs": JobFactory,
    "positions": PositionFactory,
    "locations": LocationFactory,
    "legal-entities": LegalEntityFactory,
}
kinds = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def leader(client):
    client.force_login(make_user(Role.HR_LEADER))
    return client


def page(name: str, *args) -> str:
    return reverse(f"people:organisation_{name}", args=args)


def everything() -> list:
    return [
        *(list(kind.model._default_manager.order_by("pk").values()) for kind in KINDS.values()),
        Fact.objects.count(),
    ]


def refused(client, address: str, typed: dict) -> str:
    """Send what must be refused: nothing is written, and all that was typed is there again."""
    before = everything()
    answer = client.post(address, typed)
    assert (answer.status_code, everything()) == (422, before)
    shown = answer.content.decode()
    assert [value for value in typed.values() if value not in shown] == []
    return shown


@kinds
def test_each_kind_is_added_renamed_closed_and_opened_again(leader, kind):
    model = KINDS[kind].model
    extra = {"kind": "team"} if kind == "units" else {}

    leader.post(page("add", kind), {"code": "X1", "name": "First", **extra})
    row = model._default_manager.get(code="X1")
    leader.post(page("edit", kind, row.pk), {"name": "Second", "code": "X2", **extra})
    row.refresh_from_db()
    assert (row.name, row.code, row.is_active) == ("Second", "X1", True)

    leader.post(page("close", kind, row.pk))
    row.refresh_from_db()
    assert not row.is_active
    assert list(leader.get(page("list", kind)).context["page"].rows) == []
    assert leader.get(page("list", kind), {"show": "closed"}).context["page"].rows == [row]

    leader.post(page("reopen", kind, row.pk))
    row.refresh_from_db()
    assert row.is_active
    assert Fact.objects.filter(subject_id=row.pk).exclude(actor_id=None).count() == 4


@kinds
def test_a_code_is_taken_once_and_what_people_are_on_stays_in_use(leader, kind):
    row = FACTORIES[kind]()
    EmployeeFactory(**{KINDS[kind].place: row})
    extra = {"kind": "team"} if kind == "units" else {}

    refused(leader, page("add", kind), {"code": row.code, "name": "Again", **extra})
    before = everything()
    shown = leader.post(page("close", kind, row.pk), follow=True).content.decode()

    assert "Move them first" in shown
    assert everything() == before


def test_a_unit_moves_with_all_below_it_but_never_below_itself(leader):
    above, unit = OrgUnitFactory(), OrgUnitFactory(name="Sales")
    below = OrgUnitFactory(parent=unit)
    typed = {"name": "Sales", "kind": "department"}

    leader.post(page("edit", "units", unit.pk), typed | {"parent": above.code})
    below.refresh_from_db()
    assert below.path.startswith(above.path)

    shown = refused(leader, page("edit", "units", unit.pk), {"name": "Renamed", "kind": "team", "parent": below.code})
    assert "ring" in shown


def test_a_unit_with_units_below_it_is_not_closed(leader):
    unit = OrgUnitFactory()
    OrgUnitFactory(parent=unit)

    leader.post(page("close", "units", unit.pk))

    assert OrgUnit.objects.get(pk=unit.pk).is_active


def test_nothing_new_is_put_on_what_is_out_of_use_but_what_was_there_may_stay(leader):
    closed = JobFactory(is_active=False)
    position = PositionFactory(job=closed, code="P1", name="Old")

    refused(leader, page("add", "positions"), {"code": "P2", "name": "New", "job": closed.code})
    leader.post(page("edit", "positions", position.pk), {"name": "Renamed", "job": f"{closed.name} ({closed.code})"})

    position.refresh_from_db()
    assert (position.name, position.job) == ("Renamed", closed)


def test_a_unit_is_added_below_the_one_it_was_asked_for_on(leader):
    unit = OrgUnitFactory(name="Sales", code="S")

    form = leader.get(page("add", "units"), {"below": unit.pk}).context["form"]

    assert form["parent"].value() == "Sales (S)"


@kinds
def test_a_list_costs_the_same_for_one_and_three(leader, kind):
    def fill() -> None:
        row = FACTORIES[kind](**({"parent": OrgUnitFactory()} if kind == "units" else {}))
        if kind == "positions":
            Position.objects.filter(pk=row.pk).update(job=JobFactory(), org_unit=OrgUnitFactory())
        EmployeeFactory(**{KINDS[kind].place: row})

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert leader.get(page("list", kind)).status_code == 200
        return len(found)

    fill()
    queries()
    few = queries()
    fill()
    fill()

    assert queries() == few


@kinds
def test_typing_is_answered_with_what_is_in_use(client, kind):
    row = FACTORIES[kind](name="Fitting")
    FACTORIES[kind](name="Fitting too", is_active=False)
    client.force_login(make_user())

    shown = client.get(page("options", kind), {"any": "fit"}).content.decode()

    assert (shown.count("<option"), f"Fitting ({row.code})" in shown) == (1, True)


def test_there_is_no_other_kind(leader):
    assert leader.get(page("list", "planets")).status_code == 404
    assert leader.get(page("options", "planets")).status_code == 404
