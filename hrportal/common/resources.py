"""What every resource of the API is built from.

A resource reads from `visible_to` and finds the object of a verb with `get_for_user`, as the pages do; the verb itself
is the same action the page calls.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access, get_for_user
from hrportal.common.api import NoInput


class ResourceViewSet(viewsets.GenericViewSet):
    """A resource: lists and shows rows the reader may see; every other verb names its permission in `permission_map`."""

    http_method_names = ["get", "post", "patch"]
    lookup_value_converter = "int"
    access: Access
    queryset: Any
    permission_map: dict[str, str] = {}
    detail_serializer_class: type[serializers.BaseSerializer] | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        permission = self.permission_map.get(self.action)
        if permission and not self.detail and not self.by.has_perm(permission):
            raise PermissionDenied

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store")  # about people, and different for each reader
        return response

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

    def list(self, request: Request, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        return self.shown(self.get_object())

    def shown(self, row: Model, status: int = 200) -> Response:
        """One row as an answer."""
        return Response(self.get_serializer(row).data, status=status)

    def changed(self, row: Model, status: int = 200) -> Response:
        """One row as an answer, read again after something happened to it."""
        return self.shown(self.rows().get(pk=row.pk), status)

    def taken(self, takes: type[serializers.Serializer], *, partial: bool = False) -> dict[str, Any]:
        """The body of the request, read by `takes` and found valid; if `partial`, nothing is required."""
        body = {} if self.request.data is None else self.request.data
        given = takes(data=body, partial=partial, context=self.get_serializer_context())
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

        return extend_schema(**schema)(
            action(detail=True, methods=["post"], **{"url_path": path, "url_name": path} | options)(answer)
        )

    return declare


def with_etag(response: Response, version: int) -> Response:
    """The answer with its version as an ETag, to be sent back in `If-Match`."""
    response["ETag"] = f'"{version}"'
    return response
