"""What a board of cards answers where somebody else moved the card first."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from hrportal.common.actions import StaleVersion
from hrportal.common.http import PageRequest


def tell_both(request: PageRequest, form: Any, stale: StaleVersion, show: Callable[..., HttpResponse]) -> HttpResponse:
    """Tell both sides; what was written stays, and sending it again is a decision made knowingly. `show` draws the card."""
    words = _words_of(stale)
    if request.htmx:
        return JsonResponse({"message": words, "version": stale.version, "theirs": stale.theirs}, status=409)
    form.data = form.data.copy()
    form.data["version"] = str(stale.version)
    form.add_error(None, words)
    return show(status=409)


def _words_of(stale: StaleVersion) -> str:
    theirs = stale.theirs.get("rationale")
    reason = _("Their reason: “%s”.") % theirs if theirs else ""
    again = _("Your words are kept: send them again to move the card all the same.")
    return " ".join(part for part in (stale.message, reason, again) if part)
