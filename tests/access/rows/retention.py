"""Rows of the lists of retention."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from hrportal.people.models import User
from talent.retention.cells import FEWEST
from talent.retention.themes import HalfYear
from tests.access.rows.kinds import Rows, somebody
from tests.factories.people import OrgUnitFactory
from tests.factories.retention import (
    ExitFactory,
    FlightRiskFactory,
    FlightRiskOptOutFactory,
    RetentionActionFactory,
    RetentionPlanFactory,
    StayInterviewFactory,
    StayTemplateFactory,
)


def plan(_reader: User, _about: Any) -> Any:
    row = RetentionPlanFactory(employee=somebody(), owner=somebody())
    return RetentionActionFactory(plan=row, owner=somebody(), done_at=timezone.now())


def talk(_reader: User, _about: Any) -> Any:
    return StayInterviewFactory(employee=somebody(), interviewer=somebody(), themes=["pay"])


def themes(_reader: User, _about: Any) -> None:
    """What one unit more brought up, of enough people to be told, in the half-year before."""
    unit, day = OrgUnitFactory(), HalfYear.of(timezone.localdate()).before.starts_on + timedelta(days=9)
    for _ in range(FEWEST):
        StayInterviewFactory(
            employee=somebody(org_unit=unit), org_unit=unit, state="held", finished_on=day, themes=["pay"]
        )


def left(_reader: User, _about: Any) -> Any:
    """An exit from a unit below another."""
    person = somebody(status="left", org_unit=OrgUnitFactory(parent=OrgUnitFactory()))
    return ExitFactory(employee=person, org_unit=person.org_unit, was_strong=True, themes=["pay"])


def turned_off(_reader: User, _about: Any) -> Any:
    return FlightRiskOptOutFactory(set_by=somebody(), lifted_by=somebody(), lifted_at=timezone.now())


ROWS = {
    "talent.exit_quarters": Rows(left, is_counted=True),
    "talent.exit_units": Rows(left),
    "talent.exits": Rows(left),
    "talent.flight_risk_opt_outs": Rows(turned_off),
    "talent.flight_risks": Rows(lambda *_: FlightRiskFactory(employee=somebody(), assessed_by=somebody())),
    "talent.retention_plans": Rows(plan),
    "talent.stay_interviews": Rows(talk),
    "talent.stay_templates": Rows(lambda *_: StayTemplateFactory()),
    "talent.stay_themes": Rows(themes),
}
