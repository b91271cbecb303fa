"""People of every role around one open session."""

from types import SimpleNamespace

import pytest

from calibration.actions import fill_session, open_session
from tests.factories.calibration import ParticipantFactory, SessionFactory, submitted_review
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import ReviewCycleFactory


@pytest.fixture
def table():
    """An open session over one unit: a boss, a manager who takes part, somebody under nobody, somebody under the manager, and their HR partner."""
    unit, elsewhere, cycle = OrgUnitFactory(), OrgUnitFactory(), ReviewCycleFactory()
    boss = EmployeeFactory(org_unit=unit)
    manager = EmployeeFactory(org_unit=unit, manager=boss)
    people = [EmployeeFactory(org_unit=unit, manager=above) for above in (None, manager)]
    partner = EmployeeFactory(org_unit=unit, manager=manager)
    for person in (boss, manager, *people, partner):
        submitted_review(cycle, 3, employee=person, org_unit=unit)
    facilitator = make_user("employee")
    session = SessionFactory(cycle=cycle, org_unit=unit, facilitator=facilitator.employee)
    ParticipantFactory(session=session, employee=manager)
    fill_session(session, by=None)
    return SimpleNamespace(
        unit=unit,
        elsewhere=elsewhere,
        cycle=cycle,
        boss=boss,
        manager=manager,
        people=people,
        session=open_session(session, by=None),
        facilitator=facilitator,
        leader=make_user("hrleader", employee=people[0]),
        partner=make_user("hrbp", unit=unit, employee=partner),
        other_partner=make_user("hrbp", unit=elsewhere),
        participant=make_user("manager", employee=manager),
        executive=make_user("executive", unit=unit),
        admin=make_user("admin"),
        stranger=make_user("employee"),
    )


@pytest.fixture
def browse(client):
    """A client signed in as somebody."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
