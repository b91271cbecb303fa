"""Who may do what with one-to-ones: the two who talk, and nobody else."""

import rules

from hrportal.people.viewer import Principal
from performance.models import ActionItem, AgendaItem, Meeting, OneToOne
from performance.rules.common import is_somebody


@rules.predicate
def is_one_of_the_two(user: Principal, row: OneToOne | Meeting | AgendaItem | ActionItem) -> bool:
    one_to_one = row if isinstance(row, OneToOne) else row.one_to_one
    return user.viewer.employee_id in (one_to_one.manager_id, one_to_one.employee_id)


rules.add_perm("performance.start_one_to_one", is_somebody)
for deed in (
    "change_one_to_one",
    "end_one_to_one",
    "plan_meeting",
    "move_meeting",
    "hold_meeting",
    "skip_meeting",
    "write_meeting_notes",
    "add_agenda_item",
    "discuss_agenda_item",
    "move_agenda_item",
    "remove_agenda_item",
    "agree_action",
    "complete_action",
    "reopen_action",
):
    rules.add_perm(f"performance.{deed}", is_somebody & is_one_of_the_two)
