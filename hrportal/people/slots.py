"""Places on a page that another room fills: an app offers a slot, others provide for it in `AppConfig.ready()`.

This is how a review can show the plan that came of it while performance knows nothing of talent.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Provider = Callable[..., Any]

_providers: dict[str, list[Provider]] = defaultdict(list)


def provide(slot: str, provider: Provider) -> None:
    """Fill a slot. The provider is called with the slot's keywords and may answer None for "nothing here"."""
    if provider not in _providers[slot]:
        _providers[slot].append(provider)


def collect(slot: str, **context: Any) -> list[Any]:
    """What all providers of a slot have to show."""
    return [shown for provider in _providers[slot] if (shown := provider(**context)) is not None]
