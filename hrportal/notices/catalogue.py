"""Every kind of notice the portal sends, in one list that people can read: what it says, when it is sent, and how."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from hrportal.notices.enums import ChatRhythm, MailRhythm


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice.

    `title` is the sentence people read, with placeholders for names (`%(person)s`); never a rating or a text somebody
    wrote. `when` says what triggers it, for the catalogue. A confidential kind reaches its reader and no API client, not
    even one that acts for them, and no chat, where others may read along.
    """

    key: str
    title: Promise | str
    when: Promise | str
    group: Promise | str
    mail: MailRhythm = MailRhythm.DAILY
    is_confidential: bool = False

    @property
    def chat(self) -> ChatRhythm:
        """How it comes to a chat unless its reader chose otherwise: what is urgent enough for a letter at once."""
        is_urgent = self.mail == MailRhythm.AT_ONCE and not self.is_confidential
        return ChatRhythm.AT_ONCE if is_urgent else ChatRhythm.NEVER

    def said(self, words: Mapping[str, str]) -> str:
        """The title with all its words. Raises KeyError when a placeholder has none."""
        return str(self.title) % words

    def read(self, words: Mapping[str, str]) -> str:
        """The title as one reader gets it, with dots for words it did not have yet when they were told."""
        return self.said(_Dots(words))

    @property
    def sample(self) -> str:
        """The title for the catalogue, with dots where names will be."""
        return self.read({})


class _Dots(dict[str, str]):
    """A word for every placeholder: dots."""

    def __missing__(self, key: str) -> str:
        return "…"


_kinds: dict[str, NoticeKind] = {}


def notice_kind(
    key: str,
    title: Promise | str,
    *,
    when: Promise | str,
    group: Promise | str,
    mail: MailRhythm = MailRhythm.DAILY,
    is_confidential: bool = False,
) -> NoticeKind:
    """Enter a kind of notice into the catalogue. Raises ValueError when two share a key."""
    if key in _kinds:
        raise ValueError(f"two kinds of notice are named {key}")
    return _kinds.setdefault(key, NoticeKind(key, title, when, group, mail, is_confidential))


def kind_of(key: str) -> NoticeKind | None:
    """The kind behind a key; None for one that is no longer sent."""
    return _kinds.get(key)


def all_kinds() -> list[NoticeKind]:
    """The catalogue, in the order of keys."""
    return [_kinds[key] for key in sorted(_kinds)]
