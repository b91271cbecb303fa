"""Every write of people that means something."""

from hrportal.people.actions.accounts import (
    accept_invitation,
    create_account,
    deactivate_account,
    invite_account,
    invite_person,
    reactivate_account,
    start_inviting,
)
from hrportal.people.actions.corrections import (
    call_off_end,
    correct_account,
    correct_employee,
    take_work_address,
)
from hrportal.people.actions.employees import (
    end_employment,
    follow_calendar,
    hire_employee,
    place_employee,
    rebuild_paths,
    rehire_employee,
)
from hrportal.people.actions.organisation import add_to_organisation, edit_in_organisation
from hrportal.people.actions.roles import grant_role, revoke_role
from hrportal.people.actions.units import create_unit, edit_unit, move_unit

__all__ = [
    "accept_invitation",
    "add_to_organisation",
    "call_off_end",
    "correct_account",
    "correct_employee",
    "create_account",
    "create_unit",
    "deactivate_account",
    "edit_in_organisation",
    "edit_unit",
    "end_employment",
    "follow_calendar",
    "grant_role",
    "hire_employee",
    "invite_account",
    "invite_person",
    "move_unit",
    "place_employee",
    "reactivate_account",
    "rebuild_paths",
    "rehire_employee",
    "revoke_role",
    "start_inviting",
    "take_work_address",
]
