"""What the API answers when it cannot do as asked: problem documents of RFC 9457, one shape for every error."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.exceptions import RequestDataTooBig
from django.core.exceptions import ValidationError as ModelValidationError
from django.db import DataError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error

from hrportal.common.actions import ActionError, StaleVersion
from hrportal.common.errors import Conflict, ContentTooLarge, QueryError
from hrportal.common.logs import current_request_id

CONTENT_TYPE = "application/problem+json"
TYPE = "urn:hrportal:problem:{code}"
# Names under which serializers and models file what is about the whole.
WHOLE = {"non_field_errors", "__all__"}
TITLES: dict[int, Any] = {
    400: _("The request is not valid"),
    401: _("No valid access token"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Method not allowed"),
    406: _("Cannot answer in that format"),
    409: _("Not possible now"),
    412: _("Changed in the meantime"),
    413: _("Too large"),
    414: _("The address is too long"),
    415: _("Cannot read that format"),
    416: _("Outside the file"),
    422: _("This key stands for another request"),
    428: _("Say which version you mean"),
    429: _("Too many requests"),
    500: _("Something went wrong on our side"),
    503: _("Not now"),
}


class ProblemHandler(ExceptionHandler):
    """Turns whatever a view raised into a problem document."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, ActionError):
            return Conflict(exc)
        if isinstance(exc, ModelValidationError):
            return exceptions.ValidationError(as_serializer_error(exc))
        if isinstance(exc, RequestDataTooBig):
            return ContentTooLarge()
        if isinstance(exc, DataError):
            return exceptions.ValidationError(_("A value is too large or too long to be stored."))
        return super().convert_known_exceptions(exc)

    def format_exception(self, exc: exceptions.APIException) -> dict[str, Any]:
        request: Any = self.context["request"]
        document = problem(exc.status_code, _code(exc), _detail(exc), request.path)
        return document | {key: value for key, value in _extensions(exc) if value}

    def get_response(self, exc: exceptions.APIException, data: dict[str, Any]) -> Response:
        return Response(data, status=exc.status_code, headers=self.get_headers(exc), content_type=CONTENT_TYPE)


def problem_handler(exc: Exception, context: Any) -> Response | None:
    """The exception handler of every API view."""
    return ProblemHandler(exc, context).run()


def problem_of(error: Exception, request: Any, *, below: str = "") -> dict[str, Any]:
    """The problem document of one item of several; pointers begin with the item's own place."""
    context: Any = {"request": request}
    handler = ProblemHandler(error, context)
    exc = handler.convert_unhandled_exceptions(handler.convert_known_exceptions(error))
    document = handler.format_exception(exc)
    for found in document.get("errors", []):
        if "pointer" in found:
            found["pointer"] = below + found["pointer"]
    return document


def problem(status_code: int, code: str, detail: str, instance: str) -> dict[str, Any]:
    """The members every problem document has."""
    return {
        "type": TYPE.format(code=code),
        "title": str(TITLES.get(status_code, detail)),
        "status": status_code,
        "detail": detail,
        "instance": instance,
        "code": code,
        "request_id": current_request_id(),
    }


def problem_response(request: HttpRequest, status_code: int, code: str, detail: str) -> JsonResponse:
    """A problem document for what never reaches an API view."""
    document = problem(status_code, code, detail, request.path)
    return JsonResponse(document, status=status_code, content_type=CONTENT_TYPE)


def _code(exc: exceptions.APIException) -> str:
    if isinstance(exc, exceptions.ValidationError):
        return "invalid"
    codes = exc.get_codes()
    return codes if isinstance(codes, str) else str(exc.default_code)


class Wrong(NamedTuple):
    """One thing wrong with the input, and the steps that lead to it."""

    place: tuple[str, ...]
    code: str
    detail: str

    @property
    def pointer(self) -> str:
        """The place as a JSON pointer (RFC 6901)."""
        return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in self.place)


def _everything_wrong(detail: Any, place: tuple[str, ...] = ()) -> Iterator[Wrong]:
    """Every error in what a serializer found, however deep it lies."""
    if isinstance(detail, dict):
        for name, below in detail.items():
            yield from _everything_wrong(below, place if name in WHOLE else (*place, str(name)))
    elif isinstance(detail, list):
        for index, below in enumerate(detail):
            yield from _everything_wrong(below, (*place, str(index)) if isinstance(below, dict | list) else place)
    else:
        yield Wrong(place, getattr(detail, "code", "invalid"), str(detail))


def _detail(exc: exceptions.APIException) -> str:
    """One sentence: the error's own, or for several the first of them with its place."""
    if isinstance(exc.detail, str):
        return str(exc.detail)
    first = next(_everything_wrong(exc.detail), Wrong((), "invalid", str(exc.default_detail)))
    return f"{'.'.join(first.place)}: {first.detail}" if first.place else first.detail


def _extensions(exc: exceptions.APIException) -> Iterator[tuple[str, Any]]:
    if isinstance(exc, exceptions.ValidationError):
        yield "errors", [_described(exc, wrong) for wrong in _everything_wrong(exc.detail)]
    if isinstance(exc, Conflict):
        yield "errors", _reasons(exc.error)
    if isinstance(exc, Conflict) and isinstance(exc.error, StaleVersion):
        yield "version", exc.error.version
        yield "current", exc.error.theirs


def _reasons(error: ActionError) -> list[dict[str, str]]:
    """What stood in the way: each thing still missing, or the one field that was refused."""
    if missing := getattr(error, "missing", None):
        return [{"code": "missing", "detail": item.words} for item in missing]
    return [{"pointer": f"/{error.field}", "code": error.code, "detail": error.message}] if error.field else []


def _described(exc: exceptions.ValidationError, wrong: Wrong) -> dict[str, str]:
    """An error with its place: a parameter of the query, or a JSON pointer into the body."""
    where = {"parameter": ".".join(wrong.place)} if isinstance(exc, QueryError) else {"pointer": wrong.pointer}
    return {**where, "code": wrong.code, "detail": wrong.detail}
