"""Finding people by what somebody types: every word begins a name or the employee number."""

from collections.abc import Sequence

from django.db.models import Q

MOST_WORDS = 5
NAMES = ("first_name", "last_name", "preferred_name", "employee_number")


def beginning_with(text: str, fields: Sequence[str]) -> Q:
    """Rows in which every word begins one of the fields."""
    found = Q()
    for word in text.replace("\x00", "").split()[:MOST_WORDS]:
        found &= Q(*((f"{field}__istartswith", word) for field in fields), _connector=Q.OR)
    return found


def named(words: str, prefix: str = "") -> Q:
    """Rows whose person the words name; `prefix` leads from the row to the person, `employee__` say."""
    return beginning_with(words, [f"{prefix}{field}" for field in NAMES])
