"""Which state of a row somebody has in hand: `ETag` in answers, `If-None-Match` when reading, `If-Match` when writing.

A tag is made of what the reader is shown, so it changes exactly when that does, whatever the change was made of: a field,
a row below, a right. Where the row also has a version of its own, the tag begins with it: `"3-6f1e…"`.
"""

import hashlib
import re
from typing import Any

from django.http import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from hrportal.common.actions import StaleVersion
from hrportal.common.errors import PreconditionFailed

ANY = "*"
TAG = re.compile(r'(?:W/)?"?(?:(?P<version>\d{1,18}))?(?:-?(?P<digest>[0-9a-f]{24}))?"?')


def tag_for(data: Any, version: int | None = None) -> str:
    """The tag of what is shown."""
    digest = hashlib.blake2b(JSONRenderer().render(data), digest_size=12).hexdigest()
    return f'"{digest}"' if version is None else f'"{version}-{digest}"'


def version_in(header: str) -> int:
    """The version an `If-Match` names."""
    found = TAG.fullmatch(header.strip())
    if not found or found["version"] is None:
        raise serializers.ValidationError(_("If-Match takes one version, as given in the ETag header."))
    return int(found["version"])


def refuse_if_changed(header: str, row: Any, data: Any) -> None:
    """412 with what is stored, unless one of the tags of an `If-Match` stands for it."""
    stored = tag_for(data)
    version = getattr(row, "version", None)
    if header.strip() == ANY or any(_means(tag, stored, version) for tag in header.split(",")):
        return
    words = _("Somebody changed this in the meantime.")
    raise PreconditionFailed(StaleVersion(words, version=version or 0, theirs=data))


def _means(tag: str, stored: str, version: int | None) -> bool:
    found = TAG.fullmatch(tag.strip())
    if found is None:
        return False
    if found["digest"]:
        return f'"{found["digest"]}"' == stored
    return found["version"] is not None and int(found["version"]) == version


def unless_unchanged(request: Request, response: Any) -> HttpResponseBase:
    """The answer to a reading, or 304 if `If-None-Match` says the reader has it already."""
    if request.method not in {"GET", "HEAD"} or response.status_code != 200 or "ETag" not in response:
        return response
    answer: Any = get_conditional_response(request._request, etag=response["ETag"], response=response)
    return answer
