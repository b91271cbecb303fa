"""What is posted: titles, each with the page of the portal where it is done. Never a rating or a text somebody wrote."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrportal.notices.models import Notice

MOST_IN_ONE = 10


@dataclass(frozen=True)
class Line:
    """One sentence, and the whole address of its page."""

    title: str
    url: str


def message_about(notices: Sequence[Notice]) -> list[Line]:
    """One message with all that waits for somebody, in the language that is on."""
    lines = [
        Line(" ".join(notice.title.split()), _address("notices:notice_open", notice.pk))
        for notice in notices[:MOST_IN_ONE]
    ]
    more = len(notices) - len(lines)
    if more:
        words = ngettext("One more is in the portal", "%(n)d more are in the portal", more) % {"n": more}
        lines.append(Line(words, _address("notices:notice_list")))
    return lines


def sample_message() -> list[Line]:
    """What somebody sends themself to see whether it works."""
    return [Line(_("It works: notices of the people portal reach you here"), _address("notices:settings_edit"))]


def _address(route: str, *args: int) -> str:
    return f"{settings.PUBLIC_URL}{reverse(route, args=args)}"
