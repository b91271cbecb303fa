"""Who listens to which facts. An app subscribes when it is ready; handlers take many facts at once.

A handler is called with facts that were recorded, possibly long ago, twice, or out of order. It reads rows as they are
now and takes "already so" for done.
"""

from collections.abc import Callable, Sequence

from hrportal.journal.models import Fact

Handler = Callable[[Sequence[Fact]], None]

_handlers: dict[str, Handler] = {}
_topics: dict[str, list[str]] = {}


def subscribe(topic: str, name: str, handler: Handler) -> None:
    """Let `handler`, known as `name`, hear of every fact of `topic`."""
    if _handlers.setdefault(name, handler) is not handler:
        raise ValueError(f"two subscribers are named {name}")
    names = _topics.setdefault(topic, [])
    if name not in names:
        names.append(name)


def subscribers_of(topic: str) -> list[str]:
    """The names of those who listen to a topic."""
    return list(_topics.get(topic, []))


def handler_of(name: str) -> Handler:
    """The handler behind a name. Raises KeyError for one that is no longer there."""
    return _handlers[name]


def all_subscribers() -> list[str]:
    """Every name that listens to something."""
    return sorted(_handlers)
