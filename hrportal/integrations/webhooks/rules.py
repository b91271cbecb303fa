"""Who may work on webhooks: system administrators, and a client on its own."""

from typing import Any

import rules

from hrportal.integrations.oauth.scopes import Scope
from hrportal.integrations.webhooks.models import Endpoint, Message
from hrportal.people.enums import Role


@rules.predicate
def manages_webhooks(user: Any) -> bool:
    viewer = user.viewer
    return viewer.may_use(Scope.WEBHOOKS_MANAGE) and (viewer.is_client or viewer.has(Role.ADMIN))


@rules.predicate
def is_own_or_administrators(user: Any, row: Endpoint | Message) -> bool:
    endpoint = row.endpoint if isinstance(row, Message) else row
    return not user.viewer.is_client or endpoint.client_id == user.journal_identity.client_id


manages = manages_webhooks & is_own_or_administrators

rules.add_perm("webhooks.create_endpoint", manages_webhooks)
rules.add_perm("webhooks.change_endpoint", manages)
rules.add_perm("webhooks.pause_endpoint", manages)
rules.add_perm("webhooks.resume_endpoint", manages)
rules.add_perm("webhooks.remove_endpoint", manages)
rules.add_perm("webhooks.rotate_secret", manages)
rules.add_perm("webhooks.test_endpoint", manages)
rules.add_perm("webhooks.replay_messages", manages)
rules.add_perm("webhooks.resend_message", manages)
