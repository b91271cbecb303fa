"""Which routes are whose. Every view carries an `access` declaration; one that does not cannot start.

The declaration opens the door of a route for roles; which rows are then found is `visible_to`, and what may be done
with one is a permission: `get_for_user` asks both. What is not granted answers "not found".
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404
from django.urls import resolve, reverse

PUBLIC = "public"
SIGNED_IN = "signed_in"
# Programs with a token of the route's own kind, which the view reads before anything else; no session opens it.
PROGRAM = "program"

View = TypeVar("View", bound=Callable[..., Any] | type)
RowT = TypeVar("RowT", bound=Model)
SeenT = TypeVar("SeenT", bound=Model, covariant=True)


class Rows(Protocol[SeenT]):
    """Rows that know who may see them."""

    def visible_to(self, user: Any) -> QuerySet[SeenT]: ...


@dataclass(frozen=True)
class Access:
    """Who may come to a route: everyone, anyone signed in, or holders of one of `roles`.

    `scopes` are for API clients, one per action or method (the key "*" stands for the rest); a client without the
    named scope is refused, and a route that names none is closed to clients. The empty scope is every client's.
    """

    audience: str = SIGNED_IN
    roles: frozenset[str] = frozenset()
    scopes: dict[str, str] = field(default_factory=dict)

    def admits(self, user: Any) -> bool:
        """Whether this person may come to the route at all."""
        if self.audience in {PUBLIC, PROGRAM}:
            return True
        if not user.is_authenticated:
            return False
        return not self.roles or bool(self.roles & user.viewer.roles)

    def scope_for(self, name: str) -> str | None:
        """The scope a client needs for an action."""
        return self.scopes.get(name, self.scopes.get("*"))


def access(audience: str = SIGNED_IN, *, roles: Iterable[str] = ()) -> Callable[[View], View]:
    """Declare a view's audience: `@access(PUBLIC)`, `@access()`, `@access(roles={Role.HR_LEADER})`."""
    declared = Access(audience=audience, roles=frozenset(map(str, roles)))

    def declare(view: View) -> View:
        view.access = declared  # type: ignore[union-attr]
        return view

    return declare


def access_of(callback: Callable[..., Any]) -> Access | None:
    """The declaration behind a URL's callback, through class-based views and viewsets alike."""
    for holder in (callback, getattr(callback, "view_class", None), getattr(callback, "cls", None)):
        declared = getattr(holder, "access", None)
        if isinstance(declared, Access):
            return declared
    return None


def opens(route: str, user: Any) -> bool:
    """Whether a route that takes no arguments, by its name, admits this person."""
    declared = _declared_for(route)
    return declared is not None and declared.admits(user)


@cache  # every page asks for every line of its menu, and finding a URL's view means going through all patterns
def _declared_for(route: str) -> Access | None:
    return access_of(resolve(reverse(route)).func)


def get_for_user(queryset: Rows[RowT], user: Any, permission: str | None = None, **lookup: Any) -> RowT:
    """The one way from a URL to an object: not visible is "not found", visible but not yours to touch is refused."""
    row = queryset.visible_to(user).filter(**lookup).first()
    if row is None:
        raise Http404
    if permission and not user.has_perm(permission, row):
        raise PermissionDenied
    return row


def principal_of(user: Any) -> str:
    """Who asks, as one word: the account, or the client and the person it acts for."""
    identity = user.journal_identity
    return f"{identity.client_id}|{identity.on_behalf_of_id or ''}|{identity.actor_id or ''}"
