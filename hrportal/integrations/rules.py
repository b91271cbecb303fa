"""Who looks after API clients and access tokens: in person, never by a token or a client."""

from typing import Any

import rules

from hrportal.people.enums import Role
from hrportal.people.models import PersonalToken


@rules.predicate
def is_administrator(user: Any, _row: Any = None) -> bool:
    """A system administrator, in person."""
    return user.viewer.scopes is None and user.viewer.has(Role.ADMIN)


@rules.predicate
def is_own(user: Any, token: PersonalToken) -> bool:
    return user.viewer.scopes is None and token.user_id == user.viewer.user_id


for verb in ("create_client", "change_client", "rotate_secret", "end_secret", "revoke_client"):
    rules.add_perm(f"integrations.{verb}", is_administrator)
rules.add_perm("integrations.revoke_token", is_own | is_administrator)
