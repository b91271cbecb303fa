"""The texts of the portal: as the code says them, as the catalogue translates them, as the compiled file holds them."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils.translation.template import templatize

PYTHON = ("hrportal", "performance", "talent", "calibration")
LITERAL = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
IN_TEMPLATE = re.compile(rf"\b(_|n?gettext|n?pgettext)\({LITERAL}(?:,\s*{LITERAL})?")
IN_CATALOGUE = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:".*"\n?)+)', re.MULTILINE)


class Text(NamedTuple):
    """What is translated: words, and where one word has two meanings, which one."""

    words: str
    context: str = ""

    @property
    def key(self) -> str:
        return f"{self.context}\x04{self.words}" if self.context else self.words


class Entry(NamedTuple):
    """One text of a catalogue with its translation, one string or one for each plural form."""

    text: Text
    plural: str
    translations: list[str]
    is_fuzzy: bool


def texts_in_code() -> set[Text]:
    """Every text that the portal's own Python and templates mark for translation."""
    base = Path(settings.BASE_DIR)
    found = {text for app in PYTHON for path in (base / app).rglob("*.py") for text in _in_python(path)}
    pages = [path for path in (base / "templates").rglob("*.*") if path.name != "styleguide.html"]
    return found | {text for path in pages for text in _in_template(path)}


def _in_python(path: Path) -> Iterator[Text]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id.removesuffix("_lazy")
            words = [argument.value for argument in node.args[:2] if isinstance(argument, ast.Constant)]
            if name in {"pgettext", "npgettext"} and len(words) == 2:  # a name in place of words was marked elsewhere
                yield Text(words[1], words[0])
            elif name in {"_", "gettext", "ngettext"} and words:
                yield Text(words[0])


def _in_template(path: Path) -> Iterator[Text]:
    for name, first, second in IN_TEMPLATE.findall(templatize(path.read_text())):
        words = [ast.literal_eval(word) for word in (first, second) if word]
        yield Text(words[1], words[0]) if "p" in name else Text(words[0])


def entries_of(catalogue: Path) -> list[Entry]:
    """All entries of a .po file but its heading."""
    return [_entry(block) for block in catalogue.read_text().split("\n\n")[1:] if block.strip()]


def _entry(block: str) -> Entry:
    said = {name: "".join(map(ast.literal_eval, lines.splitlines())) for name, lines in IN_CATALOGUE.findall(block)}
    text = Text(said.pop("msgid"), said.pop("msgctxt", ""))
    return Entry(text, said.pop("msgid_plural", ""), list(said.values()), is_fuzzy=", fuzzy" in block)


def compiled(path: Path) -> dict[str, list[str]]:
    """What a .mo file holds: each text's key with its translations."""
    with path.open("rb") as file:
        held = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    texts: dict[str, list[str]] = {}
    for key, translation in held.items():
        texts.setdefault(key[0] if isinstance(key, tuple) else key, []).append(translation)
    texts.pop("", None)
    return texts
