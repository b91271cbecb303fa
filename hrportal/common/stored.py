"""Writing and reading files that are kept in parts: a few parts lie in memory, however long the file is."""

import hashlib
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.models import StoredFile, StoredPart
from hrportal.common.problems import problem_response

PART = 1 << 20
UNFINISHED = timedelta(days=1)
# Further than any file goes. Python reads no number of thousands of digits.
_FAR = 10**18
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class StoredWriter(io.RawIOBase):
    """A file to write to, once from beginning to end. `finish` makes it whole; left before that, nothing is kept."""

    def __init__(self, content_type: str) -> None:
        super().__init__()
        self.file = StoredFile.objects.create(content_type=content_type)
        self._waiting, self._number, self._hash = bytearray(), 0, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        self._waiting += content
        self._hash.update(content)
        self.file.size += len(content)
        while len(self._waiting) >= PART:
            self._keep(PART)
        return len(content)

    def finish(self) -> StoredFile:
        """Keep what is left; the file as it is now."""
        if self._waiting:
            self._keep(PART)
        self.file.sha256 = self._hash.hexdigest()
        self.file.save(update_fields=["size", "sha256"])
        return self.file

    def __exit__(self, *left: Any) -> None:
        broken = isinstance(left[1], DatabaseError)  # then its transaction takes it back, or the clearing does
        if not self.file.sha256 and not broken:
            self.file.delete()
        super().__exit__(*left)

    def _keep(self, length: int) -> None:
        content, self._waiting = bytes(self._waiting[:length]), self._waiting[length:]
        StoredPart.objects.create(file=self.file, number=self._number, content=content)
        self._number += 1


def clear_unfinished() -> int:
    """Delete what a process that is gone began to write a day ago; how many files."""
    old = StoredFile.objects.filter(sha256="", made_at__lt=timezone.now() - UNFINISHED)
    return old.delete()[1].get(StoredFile._meta.label, 0)


def content_of(file: StoredFile, first: int = 0, last: int | None = None) -> Iterator[bytes]:
    """The bytes from `first` to `last`, both within, part after part."""
    end = file.size if last is None else min(last + 1, file.size)
    for number in range(first // PART, -(-end // PART)):
        part = StoredPart.objects.values_list("content", flat=True).get(file=file, number=number)
        begins = number * PART
        yield bytes(part)[max(first - begins, 0) : end - begins]


def answer_with(request: HttpRequest, file: StoredFile, name: str) -> HttpResponseBase:
    """The file as a download; a part of it if one range is asked for (RFC 9110), so that a broken transfer goes on."""
    first, last = 0, file.size - 1
    status, tag = 200, f'"{file.sha256}"'
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked and any(asked.groups()) and request.headers.get("If-Range", tag) == tag:
        first, last = _range(asked, file.size)
        status = 206
        if not 0 <= first <= last:
            refusal = problem_response(request, 416, "range_not_satisfiable", _("The file has no such range of bytes."))
            refusal["Content-Range"] = f"bytes */{file.size}"
            return refusal
    answer = StreamingHttpResponse(content_of(file, first, last), status=status, content_type=file.content_type)
    answer["Content-Length"] = str(last - first + 1)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Accept-Ranges"], answer["ETag"] = "bytes", tag
    if status == 206:
        answer["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    return answer


def _range(asked: re.Match[str], size: int) -> tuple[int, int]:
    """First and last byte of a range; without a first one, so many from the end."""
    first, last = asked.groups()
    if not first:
        return max(size - _number(last), 0), size - 1
    return _number(first), min(_number(last), size - 1) if last else size - 1


def _number(digits: str) -> int:
    """What digits say; beyond every file, all numbers are alike."""
    digits = digits.lstrip("0") or "0"
    return int(digits) if len(digits) <= len(str(_FAR)) else _FAR
