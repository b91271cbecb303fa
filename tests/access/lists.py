"""Which pages are lists, read off the URLconf and the views themselves, and what `exports.csv` says of each."""

import csv
import inspect
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrportal.common.access import access_of
from hrportal.common.checks import all_routes

TABLE = Path(__file__).with_name("exports.csv")


@dataclass(frozen=True)
class Declared:
    """What a list page's row says: the lists it offers as files, or why it offers none."""

    lists: tuple[str, ...]
    why_not: str


def declared() -> dict[str, Declared]:
    """The rows of the table, by route."""
    with TABLE.open(newline="") as file:
        return {row["route"]: Declared(tuple(row["lists"].split()), row["why not"]) for row in csv.DictReader(file)}


def list_pages() -> set[str]:
    """Every route of a page that is called a list, or whose view turns pages."""
    pages = {name: pattern.callback for _, name, pattern in all_routes() if not hasattr(pattern.callback, "cls")}
    return {name for name, view in pages.items() if name.endswith("_list") or "window(" in _source(view)}


def _source(view: Any) -> str:
    return inspect.getsource(getattr(view, "view_class", None) or inspect.unwrap(view))


def audience(route: str) -> frozenset[str]:
    """The roles a page is for; empty when it is for everybody signed in."""
    [view] = [pattern.callback for _, name, pattern in all_routes() if name == route]
    found = access_of(view)
    return found.roles if found else frozenset()
