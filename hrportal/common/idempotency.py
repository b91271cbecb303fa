"""`Idempotency-Key`: a POST that is sent again with its key happens once and is answered as it was the first time.

The key is claimed in a transaction of its own, before anything happens. Effect and answer are then written in one
transaction: a process that dies in between leaves neither, and whoever asks again after the claim has run out does the
work. Had the first one only been slow, it finds its claim taken when it writes its answer, and takes its effect back.

An answer may hold a secret that is shown once, or what people wrote. So it is kept sealed, and answered again only to
the same principal with the same reach.
"""

import hashlib
import re
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request

from hrportal.common.access import principal_of
from hrportal.common.errors import AnswerLost, KeyInUse, KeyReused
from hrportal.common.models import IdempotentRequest
from hrportal.common.sealing import SealBroken, seal, unseal

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT_HEADERS = ("Content-Type", "Location", "ETag")
SEALED_FOR = "hrportal.answers"
WELL_FORMED = re.compile(r"[\x21-\x7e]{1,255}")

Handler = Callable[..., Any]


def key_of(request: Request) -> str | None:
    """The key a request came with, if it came with one."""
    given = request.headers.get(HEADER)
    if given is None:
        return None
    key = given.strip().strip('"')
    if not WELL_FORMED.fullmatch(key):
        raise serializers.ValidationError(_("Idempotency-Key takes 1 to 255 visible ASCII characters."))
    return key


def once(handler: Handler, key: str, *, refuse: Callable[[Exception], Any], finish: Callable[[Any], Any]) -> Handler:
    """The handler, done once for a key. `refuse` makes an answer of an exception, `finish` makes an answer ready to render."""

    def answer(request: Request, *args: Any, **kwargs: Any) -> Any:
        row = _claim(principal_of(request.user), key, _fingerprint(request))
        if row.status is not None:
            return _replayed(row)
        is_kept = False
        try:
            with transaction.atomic():
                response = finish(_attempt(handler, refuse, request, *args, **kwargs))
                is_kept = _keep(row, response)
        finally:
            if not is_kept:
                _release(row)
        return response

    return answer


def _attempt(handler: Handler, refuse: Callable[[Exception], Any], *args: Any, **kwargs: Any) -> Any:
    """The handler's answer, or the one its exception becomes once what it had changed is taken back."""
    try:
        with transaction.atomic():
            return handler(*args, **kwargs)
    except Exception as error:
        return refuse(error)


def _claim(principal: str, key: str, fingerprint: str) -> IdempotentRequest:
    """The row of this key: one's own to work on, or one with an answer. Refuses while somebody else works on it."""
    ours = IdempotentRequest.objects.filter(principal=principal, key=key)
    ours.filter(created_at__lt=_forgotten_before()).delete()
    fresh = {"fingerprint": fingerprint, "claim": uuid.uuid4(), "claimed_until": _lease()}
    row, is_new = IdempotentRequest.objects.get_or_create(principal=principal, key=key, defaults=fresh)
    if is_new:
        return row
    if row.fingerprint != fingerprint:
        raise KeyReused
    if row.status is None:
        _take_over(row)
    return row


def _take_over(row: IdempotentRequest) -> None:
    """Go on with what a process left that is gone."""
    claim, until = uuid.uuid4(), _lease()
    abandoned = IdempotentRequest.objects.filter(
        pk=row.pk, claim=row.claim, status=None, claimed_until__lt=timezone.now()
    )
    if not abandoned.update(claim=claim, claimed_until=until):
        raise KeyInUse
    row.claim, row.claimed_until = claim, until


def _keep(row: IdempotentRequest, response: Any) -> bool:
    """Write the answer down beside its effect. A failure of ours is no answer: it is taken back and may be tried again."""
    if response.status_code >= 500:
        transaction.set_rollback(True)
        return False
    response.render()
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    mine = IdempotentRequest.objects.filter(pk=row.pk, claim=row.claim, status=None)
    if not mine.update(status=response.status_code, headers=headers, body=seal(response.content, SEALED_FOR)):
        raise KeyInUse
    return True


def _release(row: IdempotentRequest) -> None:
    IdempotentRequest.objects.filter(pk=row.pk, claim=row.claim, status=None).delete()


def _replayed(row: IdempotentRequest) -> HttpResponse:
    try:
        body = unseal(bytes(row.body), SEALED_FOR)
    except SealBroken as error:
        raise AnswerLost from error
    return HttpResponse(body, status=row.status, headers={**row.headers, REPLAYED: "true"})


def _fingerprint(request: Request) -> str:
    user: Any = request.user
    viewer = user.viewer
    reach = f"{sorted(viewer.scopes or ())} {viewer.client_units}"
    sent = hashlib.sha256(f"{request.method} {request.get_full_path()} {reach}\n".encode())
    for part in _parts(request):
        sent.update(part)
    return sent.hexdigest()


def _parts(request: Request) -> Iterator[bytes]:
    """What was sent. A form with files is taken apart for it: it may be larger than what is read as one piece, and the
    boundary between its parts is another whenever it is sent."""
    if not str(request.content_type).startswith("multipart/"):
        yield request._request.body
        return
    form: Any = request.data
    for name, values in sorted(form.lists()):
        for value in values:
            is_file = isinstance(value, UploadedFile)
            yield repr((name, value.name, value.size) if is_file else (name, value)).encode()
            yield from value.chunks() if is_file else ()


def _lease() -> datetime:
    return timezone.now() + timedelta(seconds=settings.IDEMPOTENCY_CLAIM_SECONDS)


def _forgotten_before() -> datetime:
    return timezone.now() - timedelta(hours=settings.IDEMPOTENCY_HOURS)


def forget_old_answers() -> int:
    """Delete what is older than a key is remembered; how many rows that were."""
    return IdempotentRequest.objects.filter(created_at__lt=_forgotten_before()).delete()[0]
