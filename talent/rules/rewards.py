"""Who may do what with rewards: HR leaders and clients given the scope, never about themselves; approving is a person's."""

from typing import Any

import rules

from hrportal.people.viewer import Principal
from talent.models import MeritRecommendation, RewardCycle

WRITE = "rewards:write"


def works_on(user: Principal) -> bool:
    """An HR leader, or a client that may write rewards; a budget is shared by people of many units."""
    viewer = user.viewer
    return viewer.may_use(WRITE) and viewer.is_over_all


@rules.predicate
def works_on_rewards(user: Principal, _row: Any = None) -> bool:
    return works_on(user)


@rules.predicate
def is_person(user: Principal, _row: Any = None) -> bool:
    """A person, or a client acting for one: a machine alone approves no pay."""
    return user.viewer.employee_id is not None


@rules.predicate
def is_of_another(user: Principal, row: MeritRecommendation | RewardCycle | None = None) -> bool:
    return not isinstance(row, MeritRecommendation) or row.employee_id != user.viewer.employee_id


for verb in ("create_reward_cycle", "edit_reward_cycle", "start_reward_cycle", "import_pay", "import_pay_ranges"):
    rules.add_perm(f"talent.{verb}", works_on_rewards)
rules.add_perm("talent.decide_merit", works_on_rewards & is_person & is_of_another)
rules.add_perm("talent.approve_merit", works_on_rewards & is_person)
rules.add_perm("talent.export_merit", works_on_rewards & is_person)
