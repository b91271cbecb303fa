"""Limits for views that are not of the REST framework."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hrportal.common.problems import problem_response
from hrportal.common.rates import Spending, address_of, spend

View = Callable[..., HttpResponse]


def limited_by_address(policy: str) -> Callable[[View], View]:
    """A view that answers so many requests a minute from one address, and says how many are left."""

    def limit(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            spending = spend(policy, address_of(request))
            if spending is None:
                return view(request, *args, **kwargs)
            response = view(request, *args, **kwargs) if spending.is_within else too_many(request, spending)
            for name, value in spending.headers.items():
                response[name] = value
            return response

        return answer

    return limit


def too_many(request: HttpRequest, spending: Spending) -> HttpResponse:
    """429, with when to come again."""
    response = problem_response(request, 429, "throttled", _("Too many requests. Try again in a while."))
    response["Retry-After"] = str(spending.resets_in)
    return response
