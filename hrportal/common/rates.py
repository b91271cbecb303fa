"""Rate limits of the API: so many requests in a minute for each principal, told in every answer.

The counters lie in the cache. While Redis is away nothing is counted and everything passes: a limit protects the portal
from its clients, it must not be what keeps them out.
"""

import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.permissions import SAFE_METHODS
from rest_framework.throttling import BaseThrottle

from hrportal.common.access import principal_of

WINDOW = 60


@dataclass(frozen=True)
class Spending:
    """What somebody has used of a limit in the running minute."""

    policy: str
    limit: int
    used: int
    resets_in: int

    @property
    def is_within(self) -> bool:
        return self.used <= self.limit

    @property
    def headers(self) -> dict[str, str]:
        """As the draft of the RateLimit header fields has them."""
        left = max(0, self.limit - self.used)
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.limit};w={WINDOW}',
            "RateLimit": f'"{self.policy}";r={left};t={self.resets_in}',
        }


def spend(policy: str, who: str) -> Spending | None:
    """Count one request of `who`; nothing where the policy has no limit."""
    limit = settings.API_RATE_LIMITS.get(policy)
    if not limit:
        return None
    now = int(time.time())
    key = f"api-rate:{policy}:{who}:{now // WINDOW}"
    cache.add(key, 0, timeout=WINDOW)
    try:
        used = cache.incr(key)
    except ValueError:  # forgotten between the two
        used = 1
    return Spending(policy, limit, used, WINDOW - now % WINDOW)


class RateThrottle(BaseThrottle):
    """Reading and writing each have a limit for every client and person; who is not known is counted by address."""

    spending: Spending | None = None

    def allow_request(self, request: Any, view: Any) -> bool:
        policy = "read" if request.method in SAFE_METHODS else "write"
        who = principal_of(request.user) if request.user.is_authenticated else address_of(request)
        self.spending = request.spending = spend(policy, who)
        return self.spending is None or self.spending.is_within

    def wait(self) -> float | None:
        return self.spending.resets_in if self.spending else None


def address_of(request: Any) -> str:
    """Where a request comes from; behind a proxy, what the proxy says (`NUM_PROXIES`)."""
    return BaseThrottle().get_ident(request) or ""
