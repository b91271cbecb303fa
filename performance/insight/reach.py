"""Who answers for people, and so is shown what became of them."""

from hrportal.people.enums import HR_ROLES, Role

ANSWERABLE = frozenset({Role.MANAGER, *HR_ROLES})
