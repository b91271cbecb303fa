"""Who opens talent data to managers: an HR leader, and nobody else; a client only for one."""

import rules

from hrportal.people.enums import Role
from hrportal.people.viewer import Principal
from talent.models import Opening

WORK_ON_TALENT = "talent:write"


@rules.predicate
def may_open_topics(user: Principal, opening: Opening | None) -> bool:
    viewer = user.viewer
    return bool(viewer.may_use(WORK_ON_TALENT) and viewer.has(Role.HR_LEADER))


rules.add_perm("talent.open_topic", may_open_topics)
rules.add_perm("talent.close_topic", may_open_topics)
