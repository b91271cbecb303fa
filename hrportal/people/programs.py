"""What programs that act are called, as the journal knows them by id: access tokens of people, and clients of other rooms."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hrportal.people.models import PersonalToken
from hrportal.people.slots import collect
from hrportal.people.viewer import Principal

PREFIX = "token:"


def names_of_programs(ids: Iterable[str], *, user: Principal) -> dict[str, str]:
    """Each id with the name of what it stands for, as far as this person may see it. Rooms above name theirs in the slot `people.programs`."""
    wanted = set(ids) - {""}
    if not wanted:
        return {}
    names = {name: _("an access token") if name.startswith(PREFIX) else name for name in wanted}
    for named in [_tokens(wanted, user), *collect("people.programs", ids=wanted, user=user)]:
        names |= named
    return names


def _tokens(ids: set[str], user: Principal) -> dict[str, str]:
    numbers = [name.removeprefix(PREFIX) for name in ids if name.startswith(PREFIX)]
    if not numbers:
        return {}
    tokens = PersonalToken.objects.visible_to(user).filter(pk__in=numbers)
    return {f"{PREFIX}{token.pk}": _("the access token “%s”") % token.name for token in tokens}
