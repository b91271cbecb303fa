"""Long and daily work of webhooks."""

import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from hrportal.integrations.webhooks.actions import REPLAY_JOB
from hrportal.integrations.webhooks.enums import MessageState
from hrportal.integrations.webhooks.models import Attempt, Endpoint, Message, Secret
from hrportal.integrations.webhooks.queueing import WINDOW, add_messages, wanted_facts
from hrportal.journal.hints import hint_delivery
from hrportal.journal.jobs import job_kind, report_progress
from hrportal.journal.models import Fact, Job
from hrportal.journal.schedule import every_day

KEPT = datetime.timedelta(days=30)
CHUNK = 1000
# A fact gets its position after its transaction, so times and positions may disagree by so much.
LONGEST_WAIT = datetime.timedelta(hours=1)
EVER = Q(pk__isnull=False)


@job_kind(REPLAY_JOB)
def replay(job: Job) -> dict[str, Any]:
    """Put a range of the journal in an endpoint's queue again. Doing it twice leaves it there once."""
    endpoint = Endpoint.objects.select_related("client").filter(pk=job.params["endpoint"]).first()
    if endpoint is None:
        return {"queued": 0}
    first, last, moments = _range(job.params, endpoint.heard_up_to)
    queued = 0
    for start in range(first, last + 1, WINDOW):
        end = min(start + WINDOW - 1, last)
        facts = wanted_facts(endpoint).filter(moments, position__gte=start, position__lte=end)
        queued += add_messages(endpoint, facts.order_by("position"), again=True)
        report_progress(job, end - first + 1, last - first + 1)
    hint_delivery()
    return {"queued": queued}


def _range(params: dict[str, Any], head: int) -> tuple[int, int, Q]:
    """The first and last position to look at, and between which moments."""
    since, until = (value and parse_datetime(value) for value in (params["since"], params["until"]))
    moments = Q(recorded_at__gte=since) if since else EVER
    if until:
        moments &= Q(recorded_at__lte=until)
    first = params["first"] or (_position_at(_moved(since, -LONGEST_WAIT), head) if since else 1)
    last = params["last"] or (_position_at(_moved(until, LONGEST_WAIT), head) if until else head)
    return max(first, 1), min(last, head), moments


def _moved(moment: datetime.datetime, span: datetime.timedelta) -> datetime.datetime:
    """A moment so much earlier or later, as far as there are days."""
    try:
        return moment + span
    except OverflowError:
        return moment


def _position_at(moment: datetime.datetime, head: int) -> int:
    """The first position recorded at a moment or later, more or less: found by halving, since no index has the times."""
    low, high = 1, head + 1
    while low < high:
        middle = (low + high) // 2
        if Fact.objects.filter(position=middle, recorded_at__lt=moment).exists():
            low = middle + 1
        else:
            high = middle
    return low


@every_day("webhooks.forget", _("Forgetting old webhook deliveries"))
def forget(job: Job) -> dict[str, Any]:
    """Delete what was settled more than thirty days ago, with its attempts, and secrets that sign no longer."""
    before = timezone.now() - KEPT
    old = Message.objects.exclude(state=MessageState.PENDING).filter(done_at__lt=before)
    gone = 0
    while ids := list(old.values_list("pk", flat=True)[:CHUNK]):
        Attempt.objects.filter(message__in=ids).delete()
        gone += Message.objects.filter(pk__in=ids).delete()[0]
        report_progress(job, gone)
    Secret.objects.filter(expires_at__lt=timezone.now()).delete()
    return {"deleted": gone}
