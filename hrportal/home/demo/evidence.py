"""What figures say of the ratings under way, computed as they are every night."""

from calibration.evidence.compute import compute
from calibration.evidence.gather import gather
from calibration.evidence.store import store
from hrportal.home.demo.days import at
from hrportal.home.demo.world import World
from performance.enums import CycleState
from performance.models import ReviewCycle


def tell_evidence(world: World) -> None:
    """Figures of the cycle in calibration."""
    world.rows.flush()
    read_at = at(world.calendar.yesterday, world.luck("evidence"))
    for cycle in ReviewCycle.objects.filter(is_calibrated=True, state=CycleState.CALIBRATION):
        inputs = gather(cycle)
        store(inputs, compute(inputs), read_at=read_at)
