"""What would make a goal easier to agree on: specific, measurable, achievable, relevant, timed. Help while writing, never a wall."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from performance.enums import REACHED_OR_NOT, GoalLevel

MOST_RESULTS = 5
LONGEST = datetime.timedelta(days=400)
FEWEST_WORDS = 3
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class ResultDraft:
    """A key result as far as it is written."""

    title: str = ""
    measure: str = "number"
    baseline: Decimal | None = None
    target: Decimal | None = None
    due_on: datetime.date | None = None


@dataclass(frozen=True)
class GoalDraft:
    """A goal as far as it is written."""

    title: str = ""
    level: str = GoalLevel.INDIVIDUAL
    has_owner: bool = False
    contributes: bool = False
    starts_on: datetime.date | None = None
    due_on: datetime.date | None = None
    results: list[ResultDraft] = field(default_factory=list)


@dataclass(frozen=True)
class Hint:
    """One thing to think about; `letter` is the one of SMART."""

    letter: str
    text: str


def hints_for(draft: GoalDraft, today: datetime.date) -> list[Hint]:
    """What is missing or vague, in the order of the letters; nothing while nothing is written."""
    if not draft.title.strip():
        return []
    checks = [("S", _specific), ("M", _measurable), ("A", _achievable), ("R", _relevant)]
    hints = [Hint(letter, text) for letter, check in checks for text in check(draft)]
    return hints + [Hint("T", text) for text in _timed(draft, today)]


def _specific(draft: GoalDraft) -> Iterator[str]:
    words = [word.lower() for word in WORD.findall(draft.title)]
    if len(words) < FEWEST_WORDS:
        yield _("The title is very short. Say what will be different, and for whom.")
    if vague := [word for word in words if word in _vague_words()]:
        yield _("“%s” can mean many things. What exactly will be seen?") % vague[0]
    if not draft.has_owner:
        yield _("Nobody owns this goal. Name the one person who answers for it.")


def _measurable(draft: GoalDraft) -> Iterator[str]:
    if not draft.results:
        yield _("Nothing is measured yet. Add a key result with a start and a target.")
    elif all(result.measure in REACHED_OR_NOT for result in draft.results):
        yield _("Every result is yes or no, so progress shows only at the end. Is there a number on the way?")
    for result in draft.results:
        if result.measure not in REACHED_OR_NOT and result.baseline is not None and result.baseline == result.target:
            yield _("The target of “%s” equals its start.") % (result.title or _("a key result"))


def _achievable(draft: GoalDraft) -> Iterator[str]:
    if len(draft.results) > MOST_RESULTS:
        yield _("More than five key results are hard to keep in view. Which three matter most?")


def _relevant(draft: GoalDraft) -> Iterator[str]:
    if draft.level != GoalLevel.COMPANY and not draft.contributes:
        yield _("It contributes to no other goal. Which goal of the team, the unit or the company does it serve?")


def _timed(draft: GoalDraft, today: datetime.date) -> Iterator[str]:
    if draft.due_on is None:
        yield _("It has no date. By when?")
        return
    if draft.due_on < today:
        yield _("Its date has passed already.")
    if draft.starts_on and draft.due_on - draft.starts_on > LONGEST:
        yield _("It runs for more than a year. What can be reached within this year?")
    if any(result.due_on and result.due_on > draft.due_on for result in draft.results):
        yield _("A key result is due after the goal itself.")


def _vague_words() -> set[str]:
    # Translators: words that say little in a goal, in lower case, with spaces between them; write those of your language.
    listed = _("improve better more optimise optimize support help try strive various several soon adequate enhance")
    return set(listed.split())
