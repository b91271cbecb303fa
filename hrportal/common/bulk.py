"""The same verb for many rows in one request. Each item succeeds or fails by itself, and the answer says which.

An item is found, judged and changed exactly as if it had been sent alone, in a transaction of its own.
"""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import access_of
from hrportal.common.api import StrictSerializer, require_scope
from hrportal.common.errors import NotReached
from hrportal.common.problems import problem_of
from hrportal.common.resources import ResourceViewSet

logger = logging.getLogger(__name__)

MOST_ITEMS = 1000
# A request ends before the web server would end it; what was not reached is said to be so.
LONGEST_SECONDS = 20.0

Item = dict[str, Any]


class Items(StrictSerializer):
    """Up to a thousand items."""

    items = serializers.ListField(
        child=serializers.DictField(),
        min_length=1,
        max_length=MOST_ITEMS,
        help_text="Each with the `id` of a row and, beside it, what the verb takes.",
    )


class ManyInput(Items):
    """One verb for many rows."""

    verb = serializers.CharField(max_length=60, help_text="As at the end of its own address: `withdraw`, say.")


class ItemResult(serializers.Serializer):
    """What became of one item."""

    index = serializers.IntegerField(help_text="Its place in `items`, from 0.")
    id = serializers.IntegerField(allow_null=True, help_text="The row it named; empty if it named none.")
    status = serializers.IntegerField(help_text="As if it had been sent alone: 200, 404, 409 …; 503 was not reached.")
    problem = serializers.DictField(required=False, help_text="Why not, as in every error. Pointers begin at `items`.")


class ManyAnswer(serializers.Serializer):
    """All items in their order. The answer is 200 even if some failed: look at `failed`."""

    succeeded = serializers.IntegerField()
    failed = serializers.IntegerField()
    results = ItemResult(many=True)


def each(items: Iterable[Item], do: Callable[[Item], None], request: Request, *, id_name: str = "id") -> Response:
    """Do something for every item and answer with what became of each."""
    ends_at = time.monotonic() + LONGEST_SECONDS
    results = [_result(index, item, do, request, ends_at, id_name) for index, item in enumerate(items)]
    failed = sum("problem" in result for result in results)
    return Response({"succeeded": len(results) - failed, "failed": failed, "results": results})


def _result(
    index: int, item: Item, do: Callable[[Item], None], request: Request, ends_at: float, id_name: str
) -> dict[str, Any]:
    named = item.get(id_name)
    told = {"index": index, "id": named if type(named) is int else None}
    try:
        if time.monotonic() > ends_at:
            raise NotReached
        with transaction.atomic():
            do(item)
    except Exception as error:
        problem = problem_of(error, request, below=f"/items/{index}")
        if problem["status"] == 500:
            logger.exception("item %s of a bulk request failed", index)
        return {**told, "status": problem["status"], "problem": problem}
    return {**told, "status": 200}


def id_in(item: Item, name: str = "id") -> int:
    """The id an item names."""
    given = item.get(name)
    if type(given) is not int:
        raise serializers.ValidationError({name: [exceptions.ErrorDetail(_("The id of a row."), "invalid")]})
    return given


class BulkVerbs(ResourceViewSet):
    """Adds `POST /resource/bulk/` for the verbs named in `bulk_verbs`."""

    bulk_verbs: tuple[str, ...] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """A verb that names no scope would be open to every client, or to none: it is not loaded at all."""
        super().__init_subclass__(**kwargs)
        for verb in cls.bulk_verbs:
            cls._scope_of(verb)

    @extend_schema(request=ManyInput, responses=ManyAnswer)
    @action(detail=False, methods=["post"])
    def bulk(self, request: Request) -> Response:
        """One verb for up to 1,000 rows; each succeeds or fails by itself."""
        given = self.taken(ManyInput)
        verb = self._verb(given["verb"])
        ids = [item["id"] for item in given["items"] if type(item.get("id")) is int]
        found = {row.pk: row for row in self.rows().visible_to(self.by).filter(pk__in=ids)}
        return each(given["items"], lambda item: self._do(verb, item, found), request)

    def _verb(self, name: str) -> str:
        verbs = {_as_word(verb): verb for verb in self.bulk_verbs}
        if name not in verbs:
            words = _("One of %s.") % ", ".join(sorted(verbs))
            raise serializers.ValidationError({"verb": [exceptions.ErrorDetail(words, "invalid_choice")]})
        require_scope(self.by, self._scope_of(verbs[name]))
        return verbs[name]

    @classmethod
    def _scope_of(cls, verb: str) -> str:
        declared = access_of(cls)
        scope = declared.scope_for(verb) if declared else None
        if scope is None:
            raise ImproperlyConfigured(f"The bulk verb {verb} of {cls.__name__} names no scope.")
        return scope

    def _do(self, verb: str, item: Item, found: dict[int, Any]) -> None:
        row = found.pop(id_in(item), None)  # once: what was done to it is not in this copy
        if row is None:
            raise Http404
        if permission := self.permission_map.get(verb):
            self._require(permission, row)
        method: Any = getattr(type(self), verb)
        fields = {name: value for name, value in item.items() if name != "id"}
        method.does(self, row, **self.read_by(method.takes, fields))

    def _require(self, permission: str, row: Any) -> None:
        if not self.by.has_perm(permission, row):
            raise exceptions.PermissionDenied


def _as_word(verb: str) -> str:
    return verb.strip("_").replace("_", "-")
