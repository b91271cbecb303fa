"""Secret tokens of programs: told once to whoever is to hold one, kept as a hash, looked up by it."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.utils import timezone

BYTES = 32
# Use is noted once in a while only, so that reading does not write with every request.
NOTED_EVERY = timedelta(minutes=5)


def new_token(prefix: str = "") -> str:
    """A fresh token. The prefix tells one kind from another, for those who search for what leaked."""
    return prefix + secrets.token_urlsafe(BYTES)


def hash_of(token: str) -> str:
    """What is kept of a token: 64 characters. It is long and random, so a plain hash tells nobody what it was."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_worth_noting(last_used_at: datetime | None) -> bool:
    """Whether its use now is to be written down: the first, and later ones once in a while."""
    return last_used_at is None or last_used_at < timezone.now() - NOTED_EVERY
