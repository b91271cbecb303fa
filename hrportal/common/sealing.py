"""Keeping what must not lie in the database in plain words: it is sealed with the portal's own key.

A copy of the database is of no use without the key. Each use has a key of its own, derived from it.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SealBroken(Exception):
    """What is stored was sealed with a key the portal no longer has."""


def seal(content: bytes, use: str) -> bytes:
    """The content as it is stored."""
    return _sealer(use).encrypt(content)


def unseal(sealed: bytes, use: str) -> bytes:
    """The content behind what is stored, also if it was sealed with a key before. Raises SealBroken."""
    try:
        return _sealer(use).decrypt(sealed)
    except InvalidToken as error:
        raise SealBroken from error


def _sealer(use: str) -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(Fernet(base64.urlsafe_b64encode(_derived(key, use))) for key in keys)


def _derived(key: str, use: str) -> bytes:
    return hashlib.sha256(f"{use}{key}".encode()).digest()
