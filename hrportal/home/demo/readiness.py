"""An audit of the last cycle, as HR leader and HR partner had it computed yesterday."""

from datetime import timedelta
from typing import Any

from calibration.models import ReadinessAudit
from calibration.models.readiness import reach_of
from calibration.readiness.audit import measured
from calibration.readiness.cycles import cycle_to_audit
from calibration.readiness.population import Population
from hrportal.home.demo.days import at
from hrportal.home.demo.world import World
from hrportal.people.models import User


def tell_readiness(world: World) -> None:
    """Measured on the rows that are there; so everything else is told before."""
    world.rows.flush()
    for username in ("hrleader", "hrbp"):
        _audit(world, User.objects.get(username=username))
    world.rows.flush()


def _audit(world: World, reader: User) -> None:
    cycle = cycle_to_audit(reader)
    if cycle is None:
        return
    figures: dict[str, Any] = {}
    for group in measured(Population(reader, cycle, today=world.calendar.yesterday)):
        figures |= group
    asked_at = at(world.calendar.yesterday, world.luck("audit", reader.username))
    world.rows.add(
        ReadinessAudit(
            cycle=cycle,
            user=reader,
            reach=reach_of(reader.viewer),
            figures=figures,
            asked_at=asked_at,
            computed_at=asked_at + timedelta(seconds=4),
        )
    )
