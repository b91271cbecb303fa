"""Cutting what is long into pieces that one statement, or one look into memory, can take."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most `size`, in their order, read only as far as they are taken."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
