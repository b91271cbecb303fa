"""Who has figures of talent management computed: whoever reads talent data of a unit, for it and all below."""

from typing import Any

import rules

from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.models import OrgUnit
from talent.models import TalentMetrics

READERS = HR_ROLES | {Role.EXECUTIVE}


def reads_unit(viewer: Any, unit: OrgUnit | None) -> bool:
    """HR leaders any; partners and executives those given to them; without a unit, all there is for them."""
    if viewer.has(Role.HR_LEADER) or unit is None:
        return True
    return bool(unit.path.startswith((*viewer.partner_units, *viewer.executive_units)))


@rules.predicate
def may_compute(user: Any, metrics: TalentMetrics | None) -> bool:
    viewer = user.viewer
    if not viewer.may_use("talent:read"):
        return False
    if viewer.is_client:
        return True
    return viewer.has(*READERS) and reads_unit(viewer, metrics.org_unit if metrics else None)


rules.add_perm("talent.start_metrics", may_compute)
