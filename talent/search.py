"""Finding people by what one types."""

from django.db.models import Q

FIELDS = ("first_name", "last_name", "preferred_name", "employee_number")


def named(word: str, prefix: str = "") -> Q:
    """Rows whose person has a name or number beginning with `word`; `prefix` leads to the person."""
    path = f"{prefix}__" if prefix else ""
    condition = Q(pk__in=[])
    for field in FIELDS:
        condition |= Q(**{f"{path}{field}__istartswith": word})
    return condition
