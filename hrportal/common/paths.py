"""Materialised paths: each node's column holds the ids of all above it and its own, fixed width, so that
"everyone below" is one index range and "everyone above" is read off the string without a query.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q

WIDTH = 6
AFTER_ALL_DIGITS = "~"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class CycleError(ValueError):
    """A node would stand above itself. `ids` are the nodes of the ring."""

    def __init__(self, ids: list[int]) -> None:
        super().__init__(f"These stand above themselves: {ids}")
        self.ids = ids


class PathField(models.CharField):
    """A path column that compares byte by byte on every database, which the range lookup rests on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40 * WIDTH)
        kwargs.setdefault("default", "")
        kwargs.setdefault("editable", False)
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, str | None]:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


def encode(number: int) -> str:
    """One id as a fixed-width piece of a path."""
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    if len(digits) > WIDTH:
        raise ValueError("id too large for a path")
    return digits.rjust(WIDTH, "0")


def ids_of(path: str) -> list[int]:
    """The ids along a path, topmost first, its own last."""
    return [int(path[i : i + WIDTH], 36) for i in range(0, len(path), WIDTH)]


def below(path: str, *, field: str = "path") -> Q:
    """Rows strictly below a path; an empty path has nothing below it."""
    if not path:
        return Q(pk__in=[])
    return Q(**{f"{field}__gt": path, f"{field}__lt": path + AFTER_ALL_DIGITS})


def at_or_below(path: str, *, field: str = "path") -> Q:
    """Rows at a path or below it."""
    if not path:
        return Q(pk__in=[])
    return Q(**{f"{field}__gte": path, f"{field}__lt": path + AFTER_ALL_DIGITS})


def is_below(path: str, ancestor: str) -> bool:
    """Whether `path` lies strictly below `ancestor`."""
    return bool(ancestor) and path != ancestor and path.startswith(ancestor)


def paths_of(parents: Mapping[int, int | None]) -> dict[int, str]:
    """All paths of a forest given as child to parent. Raises CycleError naming the ring it found."""
    paths: dict[int, str] = {}
    for start in parents:
        trail: list[int] = []
        node: int | None = start
        seen: set[int] = set()
        while node is not None and node not in paths:
            if node in seen:
                raise CycleError(trail[trail.index(node) :])
            seen.add(node)
            trail.append(node)
            node = parents.get(node)
        prefix = paths[node] if node is not None else ""
        for item in reversed(trail):
            prefix += encode(item)
            paths[item] = prefix
    return paths


def any_of(conditions: Iterable[Q]) -> Q:
    """Rows that meet at least one condition; none when there are no conditions."""
    result = Q(pk__in=[])
    for condition in conditions:
        result |= condition
    return result
