"""Who decides about proposed development goals: whoever may set the person's goals, the person among them."""

import rules

from hrportal.common.paths import is_below
from hrportal.people.viewer import Principal
from performance.models import GoalProposal
from performance.rules.common import is_client_with, unit_of_person
from performance.rules.goals import SCOPE

sets_their_goals = is_client_with(SCOPE, unit_of_person)


@rules.predicate
def may_set_their_goals(user: Principal, proposal: GoalProposal) -> bool:
    """The person, once they see it; somebody above them; HR for them."""
    viewer, person = user.viewer, proposal.employee
    if person.pk == viewer.employee_id:
        return proposal.shared_at is not None
    return is_below(person.path, viewer.path) or viewer.looks_after(person)


rules.add_perm("performance.accept_goal_proposal", may_set_their_goals | sets_their_goals)
rules.add_perm("performance.dismiss_goal_proposal", may_set_their_goals | sets_their_goals)
