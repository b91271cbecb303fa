"""Giving systems and programs access to the API, and taking it away."""

from hrportal.integrations.actions.clients import (
    change_client,
    create_client,
    end_secret,
    revoke_client,
    rotate_secret,
)
from hrportal.integrations.actions.tokens import create_token, revoke_token

__all__ = [
    "change_client",
    "create_client",
    "create_token",
    "end_secret",
    "revoke_client",
    "revoke_token",
    "rotate_secret",
]
