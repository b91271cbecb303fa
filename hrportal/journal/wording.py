"""What facts say, in words: each room says so of its topics in `AppConfig.ready()`, and pages of any room read it here."""

from collections.abc import Mapping

from django.utils.functional import Promise

_words: dict[str, Promise | str] = {}


def put_into_words(words: Mapping[str, Promise | str]) -> None:
    """Say of topics what has happened, one sentence each."""
    _words.update(words)


def words_of(topic: str) -> Promise | str:
    """The sentence of a topic; one nobody put into words is shown as it is."""
    return _words.get(topic, topic)
