"""Notices in chat: one message to a person with all that waits for them, in their language.

A worker takes a connection by a lease, posts, and writes down what came of it, so that no transaction waits for somebody
else's server. Whoever is killed in between leaves a lease that runs out, and the message is posted again: exactly one,
but for a crash between the two. What is not taken within an hour, or meant for a connection that broke, comes by e-mail.
"""

import json
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection as database
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hrportal.common.outgoing.transport import post
from hrportal.common.sealing import SealBroken
from hrportal.journal.enums import JobState
from hrportal.journal.jobs import report_progress, start_job
from hrportal.journal.models import Job
from hrportal.notices.chat import slack, teams
from hrportal.notices.chat.actions import address_of, break_connection, mend_connection
from hrportal.notices.chat.messages import Line, message_about, sample_message
from hrportal.notices.chat.outcomes import Outcome, outcome_of
from hrportal.notices.enums import BrokenBecause, ChatService
from hrportal.notices.models import ChatConnection, Notice
from hrportal.notices.sending import CHAT_JOB, MAIL_JOB

JSON = {"Content-Type": "application/json"}
# Longer than a name takes to be found and a request to be answered.
LEASE = timedelta(seconds=60)
RESTS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 30)]
SHORTEST_REST = timedelta(seconds=5)
MOST_FAILURES = 20
# After so many failures in a row a service is left alone for this run: the next person would fare no better.
MOST_IN_A_ROW = 3


@dataclass
class Run:
    """One run over everybody: which services are in trouble."""

    failures: Counter[str] = field(default_factory=Counter)
    posted: int = 0

    def leaves_alone(self, service: str) -> bool:
        return self.failures[service] >= MOST_IN_A_ROW

    def note(self, service: str, outcome: Outcome) -> None:
        self.posted += outcome.is_taken
        if outcome.is_taken or outcome.broken:
            self.failures[service] = 0
        elif outcome.wish and service == ChatService.SLACK:
            self.failures[service] = MOST_IN_A_ROW  # the limit is the app's, not the person's
        else:
            self.failures[service] += 1


def post_waiting(job: Job) -> dict[str, Any]:
    """Post everyone what waits for them. Repeating it goes on where it stopped."""
    run = Run()
    people = list(Notice.objects.to_post().order_by("employee").values_list("employee", flat=True).distinct())
    for number, employee in enumerate(people):
        _serve(employee, run)
        report_progress(job, number + 1, len(people))
    _settle_rests(people, run)
    if Notice.objects.missed_in_chat().exists():
        start_job(MAIL_JOB, _("E-mails with notices"), by=None)
    return {"messages": run.posted}


def _serve(employee: int, run: Run) -> None:
    connection = _take(employee, run)
    if connection is None:
        return
    waiting = Notice.objects.to_post().filter(employee=employee).order_by("made_at", "id")
    notices = list(waiting)
    outcome = _post_in_language(connection, notices) if notices else None
    _settle(connection, notices, outcome)
    if outcome:
        run.note(connection.service, outcome)


@transaction.atomic
def _take(employee: int, run: Run) -> ChatConnection | None:
    """Take a connection for as long as the lease; none if another worker has it or it needs a rest."""
    skip = database.features.has_select_for_update_skip_locked
    free = ChatConnection.objects.free().filter(employee=employee)
    connection = free.select_related("employee__user").select_for_update(skip_locked=skip, of=("self",)).first()
    if connection is None or run.leaves_alone(connection.service):
        return None
    connection.lease = secrets.token_hex(16)
    connection.rest(LEASE)
    connection.save(update_fields=["lease", "not_before"])
    return connection


def _post_in_language(connection: ChatConnection, notices: Sequence[Notice]) -> Outcome:
    with translation.override(connection.employee.user.language or settings.LANGUAGE_CODE):
        return deliver(connection, message_about(notices))


def deliver(connection: ChatConnection, lines: Sequence[Line]) -> Outcome:
    """Make one attempt to post a message. Never raises for what the other side or the network is to blame for."""
    try:
        address = address_of(connection)
    except SealBroken:
        return Outcome(broken=BrokenBecause.ADDRESS_LOST, trouble="seal")
    if connection.service == ChatService.SLACK:
        return slack.post_to(address, lines)
    body = slack.body_of(lines) if connection.service == ChatService.SLACK_ADDRESS else teams.body_of(lines)
    return outcome_of(post(address, json.dumps(body).encode(), JSON))


@transaction.atomic
def _settle(connection: ChatConnection, notices: Sequence[Notice], outcome: Outcome | None) -> None:
    """Write down what came of it. Nothing is written by a worker whose lease another has, or for an address that is no more."""
    current = ChatConnection.objects.select_for_update().filter(pk=connection.pk, lease=connection.lease).first()
    if current is None:
        return
    current.lease, current.not_before = "", None
    current.save(update_fields=["lease", "not_before"])
    if outcome is None:
        return
    if outcome.is_taken:
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(posted_at=timezone.now())
    note(current, outcome)


def note(connection: ChatConnection, outcome: Outcome) -> None:
    """Keep with the connection what came of an attempt; called under the lock of the row."""
    connection.trouble = outcome.trouble[:100]
    if outcome.is_taken:
        connection.posted_at, connection.failures = timezone.now(), 0
    elif outcome.wish is not None:
        connection.rest(max(outcome.wish, SHORTEST_REST))
    elif not outcome.broken:
        connection.failures += 1
        connection.rest(RESTS[min(connection.failures, len(RESTS)) - 1])
    connection.save(update_fields=["trouble", "posted_at", "failures", "not_before"])
    because = outcome.broken or (BrokenBecause.NO_ANSWER if connection.failures >= MOST_FAILURES else None)
    if because:
        break_connection(connection, because)


def _settle_rests(people: Sequence[int], run: Run) -> None:
    """A rest after which nothing waits has ended; a service that was left alone rests as a whole."""
    rested = ChatConnection.objects.rested()
    waiting = set(people)
    idle = [pk for pk, employee in rested.values_list("pk", "employee") if employee not in waiting]
    rested.filter(pk__in=idle).update(not_before=None)
    tired = [service for service in ChatService.values if run.leaves_alone(service)]
    ChatConnection.objects.free().filter(service__in=tired).update(not_before=timezone.now() + RESTS[0])


def wake_rested() -> None:
    """See to it that a job looks after those whose rest is over."""
    if not ChatConnection.objects.rested().exists():
        return
    if not Job.objects.filter(kind=CHAT_JOB, state=JobState.QUEUED).exists():
        start_job(CHAT_JOB, _("Notices in Slack and Teams"), by=None)


def post_sample(job: Job) -> dict[str, Any]:
    """Post a test message to one connection, whatever state it is in."""
    here = ChatConnection.objects.filter(employee__user__is_active=True).select_related("employee__user")
    found = here.filter(pk=job.params["connection"]).first()
    if found is None:
        return {"posted": False}
    with translation.override(found.employee.user.language or settings.LANGUAGE_CODE):
        outcome = deliver(found, sample_message())
    with transaction.atomic():
        current = ChatConnection.objects.select_for_update().filter(pk=found.pk).first()
        if current:
            _note_sample(current, outcome)
    return {"posted": outcome.is_taken}


def _note_sample(connection: ChatConnection, outcome: Outcome) -> None:
    if outcome.is_taken and not connection.is_working:
        mend_connection(connection)
    note(connection, outcome)
