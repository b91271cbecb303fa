"""What happens to somebody's connection to a chat."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common import sealing
from hrportal.common.actions import ActionError
from hrportal.journal.enums import JobState
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from hrportal.notices.chat import events, slack
from hrportal.notices.chat.addresses import masked, service_of
from hrportal.notices.chat.notices import settle_broken, tell_broken, tell_portal_refused
from hrportal.notices.enums import BrokenBecause, ChatService, ConnectionState
from hrportal.notices.models import ChatConnection, Notice, SlackWish
from hrportal.people.models import Employee, User

USE = "hrportal.chat"
CONNECT_JOB = "notices.connect_slack"
TEST_JOB = "notices.try_chat"
MEND_JOB = "notices.mend_chat"
MEND_TITLE = gettext_lazy("Asking whether Slack accepts the portal again")


def connect_address(employee: Employee, address: str, *, by: Actor | None) -> ChatConnection:
    """Let notices go to an address that the person made in Slack or Teams. Any connection before ends."""
    address = address.strip()
    return _keep(employee, service_of(address), address, masked(address), by=by)


@transaction.atomic
def ask_for_slack(employee: Employee, *, by: Actor | None) -> Job:
    """Note the wish that the portal's app in Slack writes to the person; a job looks them up there. Until it has found them,
    a connection they have stays."""
    _lock_chat_of(employee)
    email_for_slack(employee)
    wish = SlackWish.objects.filter(employee=employee).first()
    if wish and wish.is_under_way:
        raise ActionError(_("Slack is being connected already."))
    url = reverse("notices:settings_edit")
    job = start_job(CONNECT_JOB, _("Connecting Slack"), by=by, result_url=url)
    again = {"job_id": job.pk, "refusal": "", "asked_at": timezone.now()}
    SlackWish.objects.update_or_create(employee=employee, defaults=again)
    return job


def email_for_slack(employee: Employee) -> str:
    """The address of the account, by which the person is found in Slack."""
    if not slack.is_set_up():
        raise ActionError(_("Your company has not connected the portal to Slack."))
    email = User.objects.filter(employee=employee, is_active=True).values_list("email", flat=True).first()
    if not email:
        raise ActionError(_("Your account has no e-mail address, so nobody can be found in Slack."))
    return email


@transaction.atomic
def connect_member(wish: SlackWish, member: str, email: str, *, by: Actor | None) -> bool:
    """Let the portal's app write to whoever it found; whether it does. Who chose otherwise meanwhile is left alone."""
    _lock_chat_of(wish.employee)
    if not SlackWish.objects.filter(pk=wish.pk, job_id=wish.job_id).exists():
        return False
    _keep(wish.employee, ChatService.SLACK, member, email, by=by)
    return True


def _lock_chat_of(employee: Employee) -> None:
    Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)


@transaction.atomic
def _keep(employee: Employee, service: ChatService, address: str, shown: str, *, by: Actor | None) -> ChatConnection:
    _lock_chat_of(employee)
    SlackWish.objects.filter(employee=employee).delete()
    had_one, _rows = ChatConnection.objects.filter(employee=employee).delete()
    if not had_one:
        leave_the_past(employee)
    connection = ChatConnection.objects.create(
        employee=employee, service=service, sealed=sealing.seal(address.encode(), USE).decode(), shown=shown
    )
    settle_broken(connection)
    events.chat_connected(connection, by=by)
    _start_test(connection, by=by)
    return connection


def leave_the_past(employee: Employee, **of_kinds: Any) -> None:
    """What was told before it was wanted in chat is not posted: choosing must not bring up the past."""
    told = Notice.objects.unread().filter(employee=employee, posted_at=None, **of_kinds)
    told.update(posted_at=timezone.now())


def address_of(connection: ChatConnection) -> str:
    """The address, or the person's id in Slack. Raises SealBroken."""
    return sealing.unseal(connection.sealed.encode(), USE).decode()


@transaction.atomic
def try_chat(connection: ChatConnection, *, by: Actor | None) -> Job:
    """Post a test message, also to one that is broken: if it arrives, the connection works again."""
    ChatConnection.objects.select_for_update(of=("self",)).get(pk=connection.pk)
    under_way = Job.objects.filter(kind=TEST_JOB, state__in=[JobState.QUEUED, JobState.RUNNING])
    if under_way.filter(params__connection=connection.pk).exists():
        raise ActionError(_("A test message is on its way already."))
    return _start_test(connection, by=by)


def _start_test(connection: ChatConnection, *, by: Actor | None) -> Job:
    return start_job(TEST_JOB, _("A test message to Slack or Teams"), by=by, connection=connection.pk)


@transaction.atomic
def disconnect_chat(connection: ChatConnection, *, by: Actor | None) -> None:
    """Post nothing more there, and forget the address and what else was wished. What was told of it stays in the journal.
    Already so is done."""
    _lock_chat_of(connection.employee)
    SlackWish.objects.filter(employee=connection.employee_id).delete()
    if current := ChatConnection.objects.select_for_update(of=("self",)).filter(pk=connection.pk).first():
        settle_broken(current)
        events.chat_disconnected(current, by=by)
        current.delete()


def break_connection(connection: ChatConnection, because: BrokenBecause) -> None:
    """Working → broken, by the portal itself; called under the lock of the row. Its person is told, and what was meant for
    it comes by e-mail from here on. Already so is done."""
    if not connection.is_working:
        return
    connection.state, connection.broken_because = ConnectionState.BROKEN, because
    connection.save(update_fields=["state", "broken_because"])
    events.chat_broken(connection)
    tell_broken(connection)
    if because == BrokenBecause.PORTAL_REFUSED:
        tell_portal_refused()


def mend_connection(connection: ChatConnection, *, by: Actor | None = None) -> None:
    """Broken → working; called under the lock of the row."""
    connection.state, connection.broken_because = ConnectionState.WORKING, ""
    connection.trouble, connection.failures, connection.not_before = "", 0, None
    connection.save(update_fields=["state", "broken_because", "failures", "trouble", "not_before"])
    settle_broken(connection)
    events.chat_mended(connection, by=by)


def check_slack(*, by: Actor | None) -> str:
    """Ask whether Slack accepts the portal, and if it does let a job give people their connections back; the name of the
    workspace. Raises ActionError when it does not."""
    name = slack.workspace()
    start_job(MEND_JOB, str(MEND_TITLE), by=by)
    return name


@transaction.atomic
def mend_refused(pk: int, *, by: Actor | None) -> None:
    """Let somebody whose connection broke because Slack refused the portal have it again. Already so is done."""
    if connection := ChatConnection.objects.refused_by_slack().select_for_update(of=("self",)).filter(pk=pk).first():
        mend_connection(connection, by=by)
