"""Who has figures of talent management computed: whoever reads talent data of a unit, for it and all below."""

import rules

from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.models import OrgUnit
from hrportal.people.viewer import Principal, Viewer
from talent.models import TalentMetrics

READERS = HR_ROLES | {Role.EXECUTIVE}


def reads_unit(viewer: Viewer, unit: OrgUnit | None) -> bool:
    """HR leaders any; partners and executives those given to them; without a unit, all there is for them."""
    if viewer.is_over_all or unit is None:
        return True
    return bool(unit.path.startswith((*viewer.given_units, *viewer.executive_units)))


@rules.predicate
def may_compute(user: Principal, metrics: TalentMetrics | None) -> bool:
    viewer = user.viewer
    if not viewer.may_use("talent:read"):
        return False
    may_at_all = viewer.is_client or viewer.has(*READERS)
    return may_at_all and reads_unit(viewer, metrics.org_unit if metrics else None)


rules.add_perm("talent.start_metrics", may_compute)
