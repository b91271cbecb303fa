"""Whatever the documentation points to is there: pages, headings, pictures, scopes."""

import re
from pathlib import Path

import pytest

from hrportal.integrations.oauth.scopes import Scope
from tests.support.pages import DOCS, without_blocks
from tests.support.portal import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"\]\((?![a-z]+:)(?P<path>[^)#\s]*)(?:#(?P<anchor>[^)\s]+))?\)")
HEADING = re.compile(r"^#+ (?P<words>.+)$", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as they are made of their words: small letters, hyphens, no other signs."""
    words = [found["words"].lower() for found in HEADING.finditer(without_blocks(page))]
    return {re.sub(r"[^\w\- ]", "", text).replace(" ", "-") for text in words}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    for found in LINK.finditer(without_blocks(page)):
        target = (page.parent / found["path"]).resolve() if found["path"] else page
        assert target.exists(), found[0]
        assert not found["anchor"] or found["anchor"] in anchors(target), found[0]


def test_every_page_is_reached_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        waiting += [
            (page.parent / found["path"]).resolve() for found in LINK.finditer(without_blocks(page)) if found["path"]
        ]

    assert [str(page.relative_to(ROOT)) for page in DOCS.rglob("*.md") if page not in reached] == []


def test_every_scope_is_explained():
    told = (DOCS / "integration" / "authentication.md").read_text(encoding="utf-8")

    assert [scope for scope in Scope.values if f"`{scope}`" not in told] == []
