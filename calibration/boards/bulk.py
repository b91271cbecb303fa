"""Cards as a table to take away, edit and bring back: its columns, and what a line of it asks for.

Headings are known in every language of the portal and by their short names, so a file made in one language comes back in another.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from calibration.enums import Reason
from calibration.models import Card
from hrportal.common.actions import ActionError
from hrportal.common.exports import Column
from hrportal.common.tables import Table, read_table
from performance.models import RatingLevel

MOST_LINES = 2000
YES = {"1", "true", "x"}
NO = {"0", "false"}


@dataclass(frozen=True)
class Field:
    """A column of the table. Without `is_edited` it says who is meant, and is not read back."""

    name: str
    title: Promise | str
    value: Callable[[Card], Any]
    is_edited: bool = False


def _yes_or_no(card: Card) -> str:
    return pgettext("answer", "yes") if card.is_discussed else pgettext("answer", "no")


FIELDS = [
    Field("card", pgettext_lazy("calibration", "Card"), lambda card: card.pk, is_edited=True),
    Field("version", gettext_lazy("Version"), lambda card: card.version, is_edited=True),
    Field("number", gettext_lazy("Employee number"), lambda card: card.review.employee.employee_number, is_edited=True),
    Field("name", gettext_lazy("Name"), lambda card: card.review.employee.name),
    Field("manager", gettext_lazy("Manager"), lambda card: card.review.reviewer),
    Field("job", gettext_lazy("Job"), lambda card: card.review.job),
    Field("proposed", gettext_lazy("Proposed"), lambda card: card.proposed_rating),
    Field("rating", pgettext_lazy("rating", "Now"), lambda card: card.rating, is_edited=True),
    Field("reason", gettext_lazy("Kind of reason"), lambda card: card.get_reason_display(), is_edited=True),
    Field("rationale", gettext_lazy("Why?"), lambda card: card.rationale, is_edited=True),
    Field("discussed", gettext_lazy("Discussed"), _yes_or_no, is_edited=True),
]
REQUIRED = ("card", "version", "rating")


def columns() -> Sequence[Column]:
    """The table as it is taken away."""
    return [Column(field.title, field.value) for field in FIELDS]


@dataclass(frozen=True)
class Line:
    """What a line of the table says; None where the table has no such column."""

    number: int
    cells: Sequence[str]
    said: Mapping[str, str]

    def __getitem__(self, name: str) -> str | None:
        return self.said.get(name)

    @cached_property
    def card_id(self) -> int | None:
        """The card it is about, if it names one."""
        return _whole_number(self["card"])

    @cached_property
    def version(self) -> int | None:
        return _whole_number(self["version"])

    def rating_among(self, levels: Sequence[RatingLevel]) -> RatingLevel:
        """The level it names, by its label or its value."""
        wanted = (self["rating"] or "").casefold()
        for level in levels:
            if wanted in {level.label.casefold(), str(level.value)}:
                return level
        known = ", ".join(level.label for level in levels)
        if not wanted:
            raise ActionError(_("The rating is missing. It is one of: %s.") % known)
        raise ActionError(
            _("“%(given)s” is not a rating of this cycle. It is one of: %(known)s.")
            % {"given": self["rating"], "known": known}
        )

    def reason_for(self, card: Card) -> str:
        """The kind of reason it names, by its word or its short name; without such a column that of the card."""
        given = self["reason"]
        if given is None:
            return card.reason
        if not given:
            return ""
        if found := _reasons().get(given.casefold()):
            return found
        known = ", ".join(str(label) for label in Reason.labels)
        raise ActionError(
            _("“%(given)s” is not a kind of reason. It is one of: %(known)s.") % {"given": given, "known": known}
        )

    def rationale_for(self, card: Card) -> str:
        given = self["rationale"]
        return card.rationale if given is None else given

    def discussed_for(self, card: Card) -> bool:
        """Whether it says "discussed"; an empty cell leaves it as it is."""
        given = (self["discussed"] or "").casefold()
        if not given:
            return card.is_discussed
        if given in YES | _words("yes"):
            return True
        if given in NO | _words("no"):
            return False
        raise ActionError(_("“%s” is neither yes nor no.") % self["discussed"])


@dataclass(frozen=True)
class CardTable:
    """A table that came back."""

    header: Sequence[str]
    lines: Sequence[Line]


def read_cards(text: str) -> CardTable:
    """The lines of a table of cards, or why it is none."""
    table = read_table(text, most_lines=MOST_LINES)
    places = _places(table.header)
    if missing := [field.title for field in FIELDS if field.name in REQUIRED and field.name not in places]:
        raise ActionError(_("These columns are missing: %s.") % ", ".join(str(title) for title in missing))
    return CardTable(table.header, list(_lines(table, places)))


def _lines(table: Table, places: Mapping[str, int]) -> Iterator[Line]:
    for number, cells in table.lines:
        said = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
        yield Line(number, cells, said)


def _places(header: Sequence[str]) -> dict[str, int]:
    """Where the columns that are read stand. Others may be there and are passed over."""
    names = _headings()
    places: dict[str, int] = {}
    for place, heading in enumerate(header):
        name = names.get(heading.casefold())
        if name in places:
            raise ActionError(_("The column “%s” is there twice.") % heading)
        if name:
            places[name] = place
    return places


def _headings() -> dict[str, str]:
    edited = [field for field in FIELDS if field.is_edited]
    return {heading: field.name for field in edited for heading in {field.name, *_in_every_language(field.title)}}


def _reasons() -> dict[str, str]:
    return {word: reason.value for reason in Reason for word in {reason.value, *_in_every_language(reason.label)}}


def _words(answer: str) -> set[str]:
    words = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words.add(pgettext("answer", answer).casefold())
    return words


def _in_every_language(text: Promise | str) -> set[str]:
    words = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words.add(str(text).casefold())
    return words


def _whole_number(text: str | None) -> int | None:
    """A number a database key can be."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
