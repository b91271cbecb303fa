"""Secrets and signatures (Standard Webhooks 1.0, `v1`: HMAC-SHA256 over id, time and the exact body)."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

from hrportal.common import sealing

PREFIX = "whsec_"
BYTES = 32
USE = "hrportal.webhooks"


def new_secret() -> str:
    """A secret as the other side is shown it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def seal(secret: str) -> str:
    """The secret as it is stored: of no use without the portal's key."""
    return sealing.seal(secret.encode(), USE).decode()


def unseal(sealed: str) -> str:
    """The secret behind what is stored. Raises SealBroken."""
    return sealing.unseal(sealed.encode(), USE).decode()


def signature_headers(webhook_id: str, timestamp: int, body: bytes, keys: Iterable[str]) -> dict[str, str]:
    """The three headers of one attempt, with a signature for each of the secrets."""
    signed = f"{webhook_id}.{timestamp}.".encode() + body
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{_signature(signed, key)}" for key in keys),
    }


def _signature(signed: bytes, secret: str) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
