"""What every resource of the API is built from.

A resource reads from `visible_to` and finds the object of a verb with `get_for_user`, as the pages do; the verb itself
is the same action the page calls. What all answers have in common (limits, keys, tags, fields, deprecations) is here,
so that no view speaks of it.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access, get_for_user
from hrportal.common.api import NoInput
from hrportal.common.deprecation import Deprecation
from hrportal.common.etags import refuse_if_changed, tag_for, unless_unchanged
from hrportal.common.idempotency import key_of, once
from hrportal.common.sparse import only_wanted
from hrportal.common.watermarks import HEADER as WATERMARK
from hrportal.common.watermarks import watermark


class ResourceViewSet(viewsets.GenericViewSet):
    """A resource: lists and shows rows the reader may see; every other verb names its permission in `permission_map`."""

    http_method_names = ["get", "post", "patch"]
    lookup_value_converter = "int"
    access: Access
    queryset: Any
    permission_map: dict[str, str] = {}
    detail_serializer_class: type[serializers.BaseSerializer] | None = None
    # Verbs that take the version of what they change with `version_of`; of the others, `If-Match` means the row.
    takes_version: frozenset[str] = frozenset()
    deprecated: Mapping[str, Deprecation] = {}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if "get" in self.http_method_names:
            self.http_method_names = [*self.http_method_names, "head"]

    def perform_authentication(self, request: Request) -> None:
        """Find out who asks, and count the request before anything can refuse it: guessing is limited too."""
        try:
            super().perform_authentication(request)
        finally:
            super().check_throttles(request)

    def check_throttles(self, request: Request) -> None:
        """Counted already."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        permission = self.permission_map.get(self.action)
        if permission and not self.detail and not self.by.has_perm(permission):
            raise PermissionDenied
        self._mind_headers(request)

    def _mind_headers(self, request: Request) -> None:
        """Put what `If-Match` and `Idempotency-Key` ask for around the method that is about to be called."""
        method = str(request.method).lower()
        handler = getattr(self, method, None)
        if handler is None or method not in {"post", "patch"}:
            return
        if "If-Match" in request.headers and self.detail and self.action not in self.takes_version:
            handler = self._unless_changed(handler)
        if method == "post" and (key := key_of(request)):
            handler = once(handler, key, refuse=self.handle_exception, finish=self._finished)
        setattr(self, method, handler)

    def _unless_changed(self, handler: Callable[..., Any]) -> Callable[..., Any]:
        """The handler, if the row is still what the client read; nobody can change it in between."""

        def answer(request: Request, *args: Any, **kwargs: Any) -> Any:
            with transaction.atomic():
                found = self.get_object()
                type(found)._base_manager.select_for_update().get(pk=found.pk)
                row = self.rows().get(pk=found.pk)
                refuse_if_changed(request.headers["If-Match"], row, self.get_serializer(row).data)
                return handler(request, *args, **kwargs)

        return answer

    def _finished(self, response: Any) -> Any:
        return self.finalize_response(self.request, response, *self.args, **self.kwargs)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store")  # about people, and different for each reader
        for name, value in self._headers_of_all(request).items():
            response[name] = value
        return unless_unchanged(request, response)

    def _headers_of_all(self, request: Request) -> dict[str, str]:
        spending = getattr(request, "spending", None)
        deprecation = self.deprecation
        return (spending.headers if spending else {}) | (deprecation.headers if deprecation else {})

    @property
    def deprecation(self) -> Deprecation | None:
        """What is said of this operation, if it will go; the key "*" stands for all of them."""
        return self.deprecated.get(getattr(self, "action", None) or "", self.deprecated.get("*"))

    @property
    def by(self) -> Any:
        """Who acts and reads: a client, or a client acting for a person."""
        return self.request.user

    def rows(self) -> Any:
        """All rows of the resource, with what the answer to this action needs; a view narrows or widens it."""
        return super().get_queryset()

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset.none()
        return self.rows().visible_to(self.by)

    def get_object(self) -> Any:
        """The object of the URL: not visible is "not found", visible but not yours to touch is "not allowed"."""
        return get_for_user(self.rows(), self.by, self.permission_map.get(self.action), pk=self.kwargs["pk"])

    def get_serializer_class(self) -> type[serializers.BaseSerializer]:
        if self.action == "list" or self.detail_serializer_class is None:
            return super().get_serializer_class()
        return self.detail_serializer_class

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        serializer = super().get_serializer(*args, **kwargs)
        return serializer if getattr(self, "swagger_fake_view", False) else only_wanted(serializer, self.request)

    def paginate_queryset(self, queryset: Any) -> Any:
        if self._begins_a_copy():
            self.headers[WATERMARK] = watermark().isoformat()  # before the rows are read
        return super().paginate_queryset(queryset)

    def _begins_a_copy(self) -> bool:
        """Whether this is the first page of a list that can be asked for what changed."""
        filters = getattr(getattr(self, "filterset_class", None), "base_filters", {})
        return self.action == "list" and "modified_after" in filters and "cursor" not in self.request.query_params

    def list(self, request: Request, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        return self.shown(self.get_object())

    def shown(self, row: Model, status: int = 200) -> Response:
        """One row as an answer, tagged with the state it shows."""
        data = self.get_serializer(row).data
        return Response(data, status=status, headers={"ETag": tag_for(data)})

    def changed(self, row: Model, status: int = 200) -> Response:
        """One row as an answer, read again after something happened to it."""
        return self.shown(self.rows().get(pk=row.pk), status)

    def taken(self, takes: type[serializers.Serializer], *, partial: bool = False) -> dict[str, Any]:
        """The body of the request, read by `takes` and found valid; if `partial`, nothing is required."""
        body = {} if self.request.data is None else self.request.data
        return self.read_by(takes, body, partial=partial)

    def read_by(self, takes: type[serializers.Serializer], data: Any, *, partial: bool = False) -> dict[str, Any]:
        """Input from anywhere, read by `takes` and found valid."""
        given = takes(data=data, partial=partial, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        return given.validated_data


def verb(takes: type[serializers.Serializer] = NoInput, **options: Any) -> Callable[..., Any]:
    """A verb of a resource: `POST /resource/id/verb/`.

    The method gets the object (already found for this user and this verb) and what `takes` read from the body; it
    calls one action and returns the changed row, or a ready Response (a job's, say).
    """
    schema = {"request": None if takes is NoInput else takes} | options.pop("schema", {})

    def declare(method: Callable[..., Any]) -> Any:
        path = method.__name__.strip("_").replace("_", "-")

        @wraps(method)
        def answer(self: ResourceViewSet, request: Request, **kwargs: Any) -> Response:
            row = self.get_object()
            result = method(self, row, **self.taken(takes))
            return result if isinstance(result, Response) else self.changed(result)

        declared: Any = extend_schema(**schema)(
            action(detail=True, methods=["post"], **{"url_path": path, "url_name": path} | options)(answer)
        )
        declared.takes, declared.does = takes, method  # for `bulk`, which does the same to many
        return declared

    return declare


def with_etag(response: Response, version: int) -> Response:
    """The answer with a tag that begins with its version, to be sent back in `If-Match`."""
    response["ETag"] = tag_for(response.data, version)
    return response
