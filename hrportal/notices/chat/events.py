"""Every fact about connections to a chat. They say whose and which service, never the address."""

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, record
from hrportal.notices.models import ChatConnection


def _about(topic: str, connection: ChatConnection, *, by: Actor | None, **data: str) -> Fact:
    told = {"service": connection.service, **data}
    return record(topic, connection, by=by, person_id=connection.employee_id, data=told)


def chat_connected(connection: ChatConnection, *, by: Actor | None) -> Fact:
    return _about("notices.chat_connected", connection, by=by)


def chat_disconnected(connection: ChatConnection, *, by: Actor | None) -> Fact:
    return _about("notices.chat_disconnected", connection, by=by)


def chat_broken(connection: ChatConnection) -> Fact:
    """The portal found that nothing gets there any more."""
    return _about("notices.chat_broken", connection, by=None, because=connection.broken_because)


def chat_mended(connection: ChatConnection, *, by: Actor | None) -> Fact:
    return _about("notices.chat_mended", connection, by=by)
