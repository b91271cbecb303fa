"""Every (route, method) the portal answers, read off the URLconf and the views themselves."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import RequestFactory
from django.urls import URLPattern

from hrportal.common.checks import all_routes

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, order=True)
class Route:
    """One way to come to a view."""

    name: str
    method: str

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def every_route() -> Iterator[Route]:
    """All routes with all their methods. Fails on a route without a name and on a view that names no methods."""
    for path, name, pattern in all_routes():
        assert pattern.name, f"{path} has no name"
        for method in _methods(name, pattern):
            yield Route(name, method)


def _methods(name: str, pattern: URLPattern) -> list[str]:
    callback: Any = pattern.callback
    if actions := getattr(callback, "actions", None):
        return [method.upper() for method in actions if method != "head"]
    view = getattr(callback, "cls", None) or getattr(callback, "view_class", None)
    if view:
        return [
            method for method in METHODS if hasattr(view, method.lower()) and method.lower() in view.http_method_names
        ]
    return _allowed_by(name, callback)


def _allowed_by(name: str, view: Callable[..., Any]) -> list[str]:
    """What a function view says when asked with a method that nobody uses."""
    request = RequestFactory().generic("TRACE", "/")
    request.user, request.htmx = AnonymousUser(), False
    try:
        answer = view(request, **dict.fromkeys(_parameters(view), 0))
    except Http404:
        return list(METHODS)  # looks for what it is about before it looks at the method
    except Exception as error:
        raise AssertionError(f"{name} does not name the methods it answers to") from error
    if answer.status_code == 404:  # the page for what is not there answers everything
        return list(METHODS)
    assert answer.status_code == 405, f"{name} does not name the methods it answers to"
    return [method for method in METHODS if method in answer["Allow"]]


def _parameters(view: Callable[..., Any]) -> list[str]:
    wrapped = view
    while hasattr(wrapped, "__wrapped__"):
        wrapped = wrapped.__wrapped__
    return list(wrapped.__code__.co_varnames[1 : wrapped.__code__.co_argcount])
