"""What tests of chats do and look at."""

import datetime
import json

from django.utils import timezone
from rest_framework.test import APIClient
from time_machine import travel

from hrportal.integrations.oauth.principals import ActingPrincipal
from hrportal.journal.jobs import run_due_jobs
from hrportal.notices.chat import actions, posting
from hrportal.notices.enums import ChatService
from hrportal.notices.models import ChatConnection, Notice
from hrportal.notices.sending import Message, notify
from hrportal.people.enums import EmploymentStatus

SETTINGS = "/notices/settings/"
URL = "/api/v1/chat-connections/"
READ, WRITE = "notices:read", "notices:write"
TEAMS, SLACK, APP = ChatService.TEAMS, ChatService.SLACK_ADDRESS, ChatService.SLACK


def said(status=200, headers=None, **answer):
    """An answer of Slack's."""
    return status, headers or {}, json.dumps(answer).encode()


def later(**span: float):
    return travel(timezone.now() + datetime.timedelta(**span), tick=True)


def connect(user, receiver, service=TEAMS):
    """A connection whose test message has come and is forgotten."""
    if service == APP:
        actions.ask_for_slack(user.employee, by=user)
    else:
        actions.connect_address(user.employee, f"{receiver.url}?sig=secret9xYz", by=user)
    run_due_jobs()
    receiver.taken.clear()
    return ChatConnection.objects.get(employee=user.employee)


def tell(kind, *users, key="1", person="Ada"):
    words = {"person": person} if "%(person)s" in str(kind.title) else {}
    notify(kind, [Message(user.employee_id, key, "/", words) for user in users])


def work():
    """Everything due now, as the sweep finds it."""
    posting.wake_rested()
    run_due_jobs()


def titles(receiver):
    return [card_title(one) for one in receiver.taken]


def card_title(taken):
    card = json.loads(taken.body)["attachments"][0]["content"]
    return [part["items"][0]["inlines"][0]["text"] for part in card["body"]]


def about_connection(user):
    return Notice.objects.filter(employee=user.employee, kind="notices.chat_broken")


def left(user):
    user.employee.status = EmploymentStatus.LEFT
    user.employee.save()


def closed(user):
    user.is_active = False
    user.save()


def acting(user, *scopes):
    caller = APIClient()
    caller.force_authenticate(ActingPrincipal("test", frozenset(scopes), user))
    return caller
