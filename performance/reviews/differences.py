"""What changed between two texts, word by word, as pieces a template can mark; it escapes them as any text."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")
# Beyond this many words a word-by-word comparison takes too long for a page: then line by line.
MOST_WORDS = 3000


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, was removed (`del`) or added (`ins`)."""

    kind: str
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """How the old text became the new one."""
    before, after = _pieces(old), _pieces(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found = []
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        removed, added = "".join(before[start:end]), "".join(after[other_start:other_end])
        if kind == "equal":
            found.append(Piece("", removed))
            continue
        found += [Piece(mark, text) for mark, text in (("del", removed), ("ins", added)) if text]
    return found


def _pieces(text: str) -> list[str]:
    words = WORDS.findall(text)
    return words if len(words) <= MOST_WORDS else text.splitlines(keepends=True)
