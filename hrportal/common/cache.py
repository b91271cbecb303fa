"""A cache that forgets instead of failing: Redis holds hints and rate limits, and nobody waits at the door for it."""

import logging
import time
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# After a failure Redis is left alone for so long, or each request would wait for it anew.
REST_SECONDS = 5.0


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; while Redis is away or silent, every key is missing and nothing is kept."""

    _rests_until = 0.0

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask("get", default, key, default, version)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return self._ask("get_many", {}, keys, version)

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._ask("has_key", False, key, version)

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        return self._ask("add", True, key, value, *args, **kwargs)

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        self._ask("set", None, key, value, *args, **kwargs)

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> list[Any]:
        return self._ask("set_many", [], data, *args, **kwargs)

    def touch(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return self._ask("touch", False, key, *args, **kwargs)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._ask("delete", False, key, version)

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._ask("delete_many", None, keys, version)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return self._ask("incr", delta, key, delta, version)

    def _ask(self, method: str, forgotten: Any, *args: Any, **kwargs: Any) -> Any:
        """What Redis says, or `forgotten` while it is away."""
        if time.monotonic() < ForgivingRedisCache._rests_until:
            return forgotten
        try:
            return getattr(super(), method)(*args, **kwargs)
        except RedisError as error:
            ForgivingRedisCache._rests_until = time.monotonic() + REST_SECONDS
            logger.warning("cache does without Redis: %s", type(error).__name__)
            return forgotten
