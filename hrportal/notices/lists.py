"""One's notices as a list to take away."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hrportal.common.exports import Column
from hrportal.notices.models import Notice
from hrportal.people.enums import Role
from hrportal.people.exports import ListKind, list_kind
from hrportal.people.viewer import Principal


def _columns() -> Sequence[Column]:
    return [
        Column(_("Made"), lambda notice: notice.made_at),
        Column(_("Area"), lambda notice: notice.group),
        Column(_("Notice"), lambda notice: notice.title),
        Column(_("Read"), lambda notice: notice.read_at),
    ]


def notices(user: Principal, query: QueryDict) -> Any:
    """What somebody was told, newest first: the unread, or with `show=all` everything."""
    rows = Notice.objects.visible_to(user)
    return rows if query.get("show") == "all" else rows.unread()


NOTICES = list_kind(ListKind("notices.notices", _("Notices"), _columns, notices, frozenset({Role.EMPLOYEE})))
