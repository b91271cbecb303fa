"""What people are told about data that are out of date: that there are some, never whose nor which."""

import datetime
from collections import Counter
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import notice_kind
from hrportal.notices.sending import Message, notify
from talent.models import RefreshTask

ASKED = notice_kind(
    "talent.refresh_asked",
    _("Talent data you look after are out of date: look at them again (%(count)s)"),
    when=_("An assessment or a bench you look after has become out of date. Once a day, for all of them together."),
    group=_("Talent"),
    is_confidential=True,
)


def refresh_asked(tasks: Iterable[RefreshTask], *, day: datetime.date) -> None:
    """Tell each owner how many tasks are new, once for all of a day."""
    counts = Counter(task.owner_id for task in tasks if task.owner_id)
    url = reverse("talent:refresh_task_list")
    notify(ASKED, (Message(owner, f"refresh-{day.isoformat()}", url, {"count": str(n)}) for owner, n in counts.items()))
