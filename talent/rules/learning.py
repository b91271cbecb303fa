"""Who may do what with the catalogue and with enrolments: HR keeps the catalogue; who works with a person decides for them."""

from typing import Any

import rules

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.models import Enrolment
from talent.rules.development import is_self, works_with

KEEP_CATALOGUE = "talent:write"


@rules.predicate
def keeps_catalogue(user: Principal, item: Any = None) -> bool:
    viewer = user.viewer
    return viewer.may_use(KEEP_CATALOGUE) and (viewer.is_over_all or viewer.is_hr)


@rules.predicate
def is_own_learning(user: Principal, employee: Employee) -> bool:
    return is_self(user, employee.pk)


@rules.predicate
def works_with_person(user: Principal, employee: Employee) -> bool:
    return works_with(user, employee)


@rules.predicate
def is_own_enrolment(user: Principal, enrolment: Enrolment) -> bool:
    return is_self(user, enrolment.employee_id)


@rules.predicate
def works_with_enrolled(user: Principal, enrolment: Enrolment) -> bool:
    return works_with(user, enrolment.employee)


rules.add_perm("talent.add_learning_item", keeps_catalogue)
rules.add_perm("talent.edit_learning_item", keeps_catalogue)
rules.add_perm("talent.enrol", works_with_person | is_own_learning)
rules.add_perm("talent.approve_enrolment", works_with_enrolled)
rules.add_perm("talent.refuse_enrolment", works_with_enrolled)
rules.add_perm("talent.cancel_enrolment", works_with_enrolled | is_own_enrolment)
rules.add_perm("talent.complete_enrolment", works_with_enrolled | is_own_enrolment)
rules.add_perm("talent.confirm_completion", works_with_enrolled)
