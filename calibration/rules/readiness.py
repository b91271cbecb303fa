"""The readiness audit."""

import rules

from calibration.models import ReadinessAudit
from calibration.rules.sessions import is_hr
from hrportal.people.viewer import Principal


@rules.predicate
def is_in_reach(user: Principal, audit: ReadinessAudit | None) -> bool:
    """An audit about to be made: of a unit one looks after, or of all one looks after."""
    viewer = user.viewer
    if audit is None or audit.org_unit is None or viewer.is_over_all:
        return True
    return audit.org_unit.path.startswith(viewer.given_units)


rules.add_perm("calibration.start_readiness_audit", is_hr & is_in_reach)
