"""The manners of the API: who is admitted, how lists page and filter, how strictly input is read, which version is meant.

REST framework imports these by name from the settings while it loads, so nothing here may import its views.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from django_filters import BaseInFilter
from django_filters.rest_framework import DjangoFilterBackend
from django_filters.utils import translate_validation
from rest_framework import exceptions, permissions, serializers
from rest_framework.pagination import CursorPagination
from rest_framework.relations import MANY_RELATION_KWARGS
from rest_framework.request import Request

from hrportal.common.access import PUBLIC, Access, access_of
from hrportal.common.actions import StaleVersion
from hrportal.common.errors import InsufficientScope, PreconditionFailed, PreconditionRequired, QueryError
from hrportal.common.etags import version_in
from hrportal.common.filters import LARGEST_ID, filter_for
from hrportal.common.numbers import is_number
from hrportal.common.sparse import PARAMETER

LARGEST_PAGE = 200
LARGEST_NUMBER = 2**31 - 1


class DeclaredAccess(permissions.BasePermission):
    """Admit whom the view's `access` declaration admits; a client also needs the scope it names. Nothing declared, nobody admitted."""

    def has_permission(self, request: Any, view: Any) -> bool:
        declared = access_of(type(view))
        if declared is None:
            return False
        if not _is_served(request, view):
            raise exceptions.MethodNotAllowed(request.method)
        if declared.audience == PUBLIC:
            return True
        if not request.user.is_authenticated:
            return False
        if not declared.admits(request.user):
            raise Http404
        return self._has_scope(request, declared, getattr(view, "action", "") or request.method.lower())

    @staticmethod
    def _has_scope(request: Any, declared: Access, name: str) -> bool:
        scope = declared.scope_for(name)
        if scope is None:
            return False
        require_scope(request.user, scope)
        return True


def require_scope(user: Any, scope: str) -> None:
    """Refuse a client that was not given this scope; people and the empty scope need none."""
    if scope and not user.viewer.may_use(scope):
        raise InsufficientScope(scope)


def _is_served(request: Any, view: Any) -> bool:
    """Whether the view answers this method at all; if not, "method not allowed" is the truth, not "forbidden"."""
    name = request.method.lower()
    return name in view.http_method_names and getattr(view, "action", name) is not None


class CursorPages(CursorPagination):
    """Pages by an opaque cursor in the order of ids, which never changes, so that no row is skipped or met twice."""

    ordering = "id"
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = LARGEST_PAGE

    def get_page_size(self, request: Request) -> int:
        given = request.query_params.get(self.page_size_query_param)
        if given is None:
            return self.page_size
        if not is_number(given) or not 1 <= int(given) <= LARGEST_PAGE:
            raise QueryError({"page_size": [_("A number from 1 to %d.") % LARGEST_PAGE]})
        return int(given)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """In the words of OpenAPI 3.1, which has no `nullable`."""
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": address, "previous": address, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        cursor, size = super().get_schema_operation_parameters(view)
        return [cursor, size | {"schema": {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE}}]

    def decode_cursor(self, request: Request) -> Any:
        words = _("Use a cursor as it was given in `next` or `previous`.")
        try:
            cursor = super().decode_cursor(request)
        except exceptions.NotFound as error:
            raise QueryError({"cursor": [words]}) from error
        if cursor and cursor.position is not None and not is_number(str(cursor.position)):
            raise QueryError({"cursor": [words]})
        return cursor


class StrictFilterBackend(DjangoFilterBackend):
    """Filters by the view's FilterSet and refuses what it does not know: a mistyped filter must not return everything."""

    PAGING = frozenset({"cursor", "page_size", PARAMETER})

    def get_filterset_class(self, view: Any, queryset: QuerySet | None = None) -> Any:
        """The view's own, or the one every resource has."""
        own = super().get_filterset_class(view, queryset)
        if own or queryset is None:
            return own
        model: Any = queryset.model
        return filter_for(model)

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        filterset = self.get_filterset(request, queryset, view)
        known = self.PAGING | set(filterset.filters if filterset else ())
        if unknown := sorted(set(request.query_params) - known):
            raise QueryError({name: [exceptions.ErrorDetail(_("No such filter."), "unknown")] for name in unknown})
        if repeated := sorted(name for name, values in request.query_params.lists() if len(values) > 1):
            words = _("This is given more than once.")
            raise QueryError({name: [exceptions.ErrorDetail(words, "repeated")] for name in repeated})
        if filterset is None:
            return queryset
        if empty := sorted(name for name, value in request.query_params.items() if _names_none(filterset, name, value)):
            words = _("Name at least one, or leave this out.")
            raise QueryError({name: [exceptions.ErrorDetail(words, "empty")] for name in empty})
        if not filterset.is_valid():
            raise QueryError(translate_validation(filterset.errors).detail)
        return filterset.qs


def _names_none(filterset: Any, name: str, value: object) -> bool:
    """Whether a list of values is empty: whoever asks for none of them must not be answered with all."""
    return not str(value).strip() and isinstance(filterset.filters.get(name), BaseInFilter)


class StrictSerializer(serializers.Serializer):
    """Input read to the letter: a field that is unknown or only for reading is refused, not dropped in silence."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (
            refused := {name: [error] for name in data if (error := self._refusal(name))}
        ):
            raise serializers.ValidationError(refused)
        return super().to_internal_value(data)

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        for field in fields.values():
            _keep_storable(field)
        return fields

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """A row inside of a partial change is a whole row, as the schema says."""
        if self.parent is not None and getattr(self.root, "partial", False) and isinstance(data, Mapping):
            return type(self)(context=self.context).run_validation(data)
        return super().run_validation(data)

    def _refusal(self, name: str) -> exceptions.ErrorDetail | None:
        if name not in self.fields:
            return exceptions.ErrorDetail(_("There is no such field."), "unknown_field")
        if self.fields[name].read_only:
            return exceptions.ErrorDetail(_("This field is only for reading."), "read_only_field")
        return None


def _keep_storable(field: Any) -> None:
    """Keep a whole number, or a list of them, to what a column holds, where the field does not know better."""
    child = getattr(field, "child", None)
    if isinstance(child, serializers.IntegerField):
        _keep_storable(child)
    if isinstance(field, serializers.IntegerField):
        if field.max_value is None:
            field.max_value = LARGEST_NUMBER
            field.validators.append(MaxValueValidator(LARGEST_NUMBER))
        if field.min_value is None:
            field.min_value = -LARGEST_NUMBER
            field.validators.append(MinValueValidator(-LARGEST_NUMBER))


class RowList(serializers.ManyRelatedField):
    """The ids of several rows, found in one query however many they are."""

    def to_internal_value(self, data: Any) -> list[Any]:
        if not isinstance(data, list):
            self.fail("not_a_list", input_type=type(data).__name__)
        if not self.allow_empty and not data:
            self.fail("empty")
        ids = [self._id(item) for item in data]
        choices: Any = self.child_relation.get_queryset()
        rows = choices.in_bulk(number for number in ids if abs(number) <= LARGEST_ID)
        for number in ids:
            if number not in rows:
                self.child_relation.fail("does_not_exist", pk_value=number)
        return [rows[number] for number in ids]

    def _id(self, item: Any) -> int:
        if isinstance(item, int) and not isinstance(item, bool):
            return item
        if isinstance(item, str) and is_number(item):
            return int(item)
        return self.child_relation.fail("incorrect_type", data_type=type(item).__name__)


class Row(serializers.PrimaryKeyRelatedField):
    """The id of a row, or with `many=True` of several."""

    @classmethod
    def many_init(cls, *args: Any, **options: Any) -> RowList:
        shared = {name: value for name, value in options.items() if name in MANY_RELATION_KWARGS}
        return RowList(child_relation=cls(*args, **options), **shared)


class VisibleRow(Row):
    """The id of a row the reader may see; another's is as good as none."""

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.visible_to(self.context["request"].user)


class NoInput(StrictSerializer):
    """A verb that takes nothing."""


class ReasonInput(StrictSerializer):
    """A verb that wants to know why."""

    reason = serializers.CharField(max_length=2000)


@contextmanager
def version_of(request: Request, given: int | None) -> Iterator[int]:
    """The version a change was made to: the `If-Match` header or the body's `version`; one of them is required.

    Stale, the first answers 412 and the second 409, both with what is stored.
    """
    header = request.headers.get("If-Match")
    version = given if header is None else version_in(header)
    if version is None:
        raise PreconditionRequired
    try:
        yield version
    except StaleVersion as stale:
        if header is None:
            raise
        raise PreconditionFailed(stale) from stale
