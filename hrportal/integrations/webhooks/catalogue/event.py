"""One kind of event."""

from dataclasses import dataclass

from django.utils.functional import Promise

from hrportal.integrations.hearing import SUBJECTS
from hrportal.integrations.oauth.scopes import Scope


@dataclass(frozen=True)
class Event:
    """A topic of the journal that may leave: what it is about and what it says has happened."""

    topic: str
    subject: str
    words: Promise | str

    @property
    def group(self) -> str:
        """The room it comes from, as a choice of events names it."""
        return f"{self.topic.partition('.')[0]}.*"

    @property
    def scope(self) -> Scope:
        """What a client needs to hear it."""
        return next(Scope(scope) for scope, subjects in SUBJECTS.items() if self.subject in subjects)


def about(subject: str, **words: Promise | str) -> list[Event]:
    """Events of one subject, by what comes after the room in their topics."""
    room = subject.partition(".")[0]
    return [Event(f"{room}.{name}", subject, said) for name, said in words.items()]
