"""Putting sentences together so that two people rarely read the same text."""

from random import Random

from hrportal.home.demo import phrases
from hrportal.home.demo.phrases import HIGH, LOW, MID
from hrportal.home.demo.subjects import SUBJECTS


def luck_of(*key: object) -> Random:
    """The same draws for the same key, on every machine and in any order of asking."""
    return Random(":".join(map(str, key)))  # noqa: S311  (a made-up company holds no secrets)


def band_of(value: int) -> str:
    """Whether a rating from 1 to 5 is low, middling or high."""
    return LOW if value < 3 else MID if value == 3 else HIGH


def on_scale(value: float) -> int:
    """The step of the scale nearest to a value."""
    return max(1, min(5, round(value)))


class Writer:
    """Somebody who writes about one person's work."""

    def __init__(self, luck: Random, first: str, family: str) -> None:
        subject = SUBJECTS[family]
        self.luck = luck
        work, other = luck.sample(subject.works, 2)
        self.slots = {"first": first, "work": work, "work_2": other, "partner": luck.choice(subject.partners)}
        self.slots |= {f"{slot}_cap": _capital(words) for slot, words in self.slots.items()}

    def line(self, lines: tuple[str, ...]) -> str:
        """One of these sentences about this person."""
        return self.luck.choice(lines).format(**self.slots)

    def review(self, question: str, value: int) -> str:
        """What a manager answers to a question, given the rating they have in mind."""
        opening, following = phrases.MANAGER[question, band_of(value)]
        return self._together(opening, following)

    def self_assessment(self, question: str) -> str:
        """What a person answers about themselves."""
        return self._together(*phrases.SELF[question])

    def _together(self, opening: tuple[str, ...], following: tuple[str, ...]) -> str:
        """An opening with up to two sentences after it; one text in eight is in paragraphs."""
        count = self.luck.choice((0, 1, 1, 2, 2))
        parts = [self.line(opening)] + [
            words.format(**self.slots) for words in self.luck.sample(following, min(count, len(following)))
        ]
        return ("\n\n" if self.luck.random() < 0.12 else " ").join(parts)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
