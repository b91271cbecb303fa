"""The blocks of code in the pages of documentation, as they are printed."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .portal import ROOT

DOCS = ROOT / "docs"
FENCED = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


class Block(NamedTuple):
    """What stands between two fences, and in which language."""

    language: str
    text: str


def blocks(page: Path) -> list[Block]:
    return [Block(found["language"], found["text"]) for found in FENCED.finditer(page.read_text(encoding="utf-8"))]


def without_blocks(page: Path) -> str:
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def steps(page: Path) -> Iterator[tuple[str, str]]:
    """Each block of shell, and what the page says that it prints: the `text` block after it, nothing without one."""
    found = blocks(page)
    for block, after in zip(found, [*found[1:], Block("", "")], strict=True):
        if block.language == "sh":
            yield block.text, after.text if after.language == "text" else ""


def prints(promised: str) -> re.Pattern[str]:
    """What a promise allows: itself, with anything on the same line where it has an ellipsis."""
    return re.compile(".*".join(re.escape(part) for part in promised.split("…")))
