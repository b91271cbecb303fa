"""How allauth's provider is used here: for clients only, never to sign people in elsewhere."""

import secrets
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from django.conf import settings
from django.core.exceptions import PermissionDenied


class ClientsOnlyAdapter(DefaultOIDCAdapter):
    """Long random secrets, our own public address as issuer, and nobody registers a client by themselves."""

    def generate_client_secret(self) -> str:
        return f"hrs_{secrets.token_urlsafe(48)}"  # never begins like an option of a command

    def get_issuer(self) -> str:
        return settings.PUBLIC_URL

    def validate_client_registration(self, **kwargs: Any) -> None:
        raise PermissionDenied
