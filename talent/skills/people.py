"""Whose skills somebody reads: those of their talent profiles, whether one exists yet or not."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from hrportal.people.models import Employee
from hrportal.people.viewer import NOBODY, Principal


def readable(user: Principal, prefix: str = "") -> Q:
    """Rows about people whose skills this user reads: HR for others, an executive for their part, managers for those
    below them, a client by its scopes. One's own are one's own, and are not among these."""
    viewer = user.viewer
    if not (viewer.may_use("talent:read") and viewer.may_use("ratings:read")):
        return NOBODY
    if viewer.is_client:
        return viewer.client_rows(prefix)
    return (viewer.hr(prefix) | viewer.own_part(prefix) | viewer.chain_below(prefix)) & viewer.others(prefix)


@dataclass(frozen=True)
class SkillPeople:
    """People whose skills can be read, as `get_for_user` asks for rows; with `and_self` the reader is one of them."""

    rows: QuerySet[Employee]
    and_self: bool = False

    def visible_to(self, user: Principal) -> QuerySet[Employee]:
        own = user.viewer.oneself("") if self.and_self and user.viewer.may_use("talent:read") else NOBODY
        return self.rows.filter(readable(user) | own)


def people_with_skills(user: Principal) -> QuerySet[Employee]:
    """Those who work here and whose skills this user reads."""
    return Employee.objects.employed().filter(readable(user))
