"""How bodies are read: JSON to the letter, not larger than allowed, and nothing in it that a database cannot hold."""

import math
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import exceptions, parsers

from hrportal.common.errors import ContentTooLarge

LARGEST_NUMBER = 2**63 - 1
DEEPEST = 50
# What JSON can spell and a text column cannot hold: NUL, and halves of characters.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")

Place = tuple[str | int, ...]


class StrictJSONParser(parsers.JSONParser):
    """JSON without NUL characters, without integers beyond 64 bits and without bottomless nesting."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        _refuse_too_large(parser_context["request"])
        try:
            read = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise exceptions.ParseError(_("The body is nested too deeply.")) from error
        for place, words in unfit(read):
            raise exceptions.ValidationError(_nested(place, exceptions.ErrorDetail(words, "invalid")))
        return read


def _refuse_too_large(request: Any) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise ContentTooLarge


def unfit(value: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Whatever in a body no column could hold, and where it is."""
    if len(place) > DEEPEST:
        yield place[:1], _("This is nested too deeply.")
    elif isinstance(value, str) and UNSTORABLE.search(value):
        yield place, _("This holds characters that are not allowed.")
    elif isinstance(value, int | float) and not (math.isfinite(value) and abs(value) <= LARGEST_NUMBER):
        yield place, _("This number is too large.")
    elif isinstance(value, dict):
        for key, item in value.items():
            if UNSTORABLE.search(key):
                yield place, _("This holds characters that are not allowed.")
            else:
                yield from unfit(item, (*place, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from unfit(item, (*place, index))


def _nested(place: Place, error: exceptions.ErrorDetail) -> Any:
    """An error at a place, in the form serializers give theirs."""
    if not place:
        return {"non_field_errors": [error]}
    found: Any = [error]
    for step in reversed(place):
        found = {str(step): found}
    return found
