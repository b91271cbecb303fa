"""Finding seats by a word."""

from django.db.models import Q

from hrportal.people.viewer import EVERYONE


def seats_named(search: str, prefix: str = "") -> Q:
    """Seats in whose name, code or unit every word occurs; all of them without a word. `prefix` leads from the row to its seat."""
    found = EVERYONE
    for word in search.split()[:5]:
        found &= (
            Q(**{f"{prefix}name__icontains": word})
            | Q(**{f"{prefix}code__istartswith": word})
            | Q(**{f"{prefix}org_unit__name__icontains": word})
        )
    return found
