"""How long the other side asks to be left alone."""

import datetime
from email.utils import parsedate_to_datetime

from django.utils import timezone

LONGEST_WISH = datetime.timedelta(hours=24)


def wish_in(header: str | None) -> datetime.timedelta | None:
    """What a Retry-After header asks for, a day at most: seconds or a moment; None for nothing that can be read."""
    if not header:
        return None
    if header.strip().isdecimal():
        return min(datetime.timedelta(seconds=int(header.strip()[:9])), LONGEST_WISH)
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return min(max(moment - timezone.now(), datetime.timedelta(0)), LONGEST_WISH)
