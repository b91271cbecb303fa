"""Limits for views that are not of the REST framework."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from hrportal.common.problems import problem_response
from hrportal.common.rates import address_of, spend


class LimitedByAddress:
    """For views outside the REST framework: so many requests a minute from one address."""

    rate_policy: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        spending = spend(self.rate_policy, address_of(request))
        if spending is None:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        if spending.is_within:
            response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        else:
            response = problem_response(request, 429, "throttled", _("Too many requests. Try again in a while."))
            response["Retry-After"] = str(spending.resets_in)
        for name, value in spending.headers.items():
            response[name] = value
        return response
