"""The API held to its own description: requests made of the schema, by a program that knows nothing else of the portal.

They go to the portal within this process. What a request changed is taken back after its answer, except in the phase in
which requests build on each other: there it is taken back at the end. So every run meets the same company.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zlib import crc32

import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.urls import resolve
from django.utils import timezone
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation
from schemathesis.engine import Status, events, from_schema
from schemathesis.engine.run import PhaseName
from schemathesis.generation.case import Case
from schemathesis.generation.meta import TestPhase
from schemathesis.transport.wsgi import WSGITransport

from hrportal.integrations.actions import create_token
from hrportal.people.models import User
from tests.access.parameters import parameters_of
from tests.access.world import World

CONFIG = Path(__file__).with_name("schemathesis.toml")
PHASES = ("examples", "coverage", "fuzzing", "stateful")
# Whom a client acts for, by a number made of the request; None is nobody. HR may most, so it comes most often.
ACTORS = ("leader", "leader", "leader", "manager", "employee", "partner", None, None)
NETWORK = {"max_redirects", "verify", "cert", "proxies"}
# Whose own token stands in for the client's where only people are let in.
OWNERS = ("leader", "manager", "manager", "employee")
FOR_PEOPLE = "/api/v1/improvement-plans/"


class Contract:
    """A portal with a small company in it, the schema it serves, and a client with every scope."""

    def __init__(self, world: World, token: str) -> None:
        self.world, self.token = world, token
        self.connection, self.portal = connections["default"], WSGIHandler()
        self.takes_back = True
        self.statuses: Counter[str] = Counter()
        self.people = {name: user.employee.employee_number for name, user in world.users.items() if user.employee}
        self.own_tokens = {name: _own_token(world.users[name]) for name in set(OWNERS)}
        self.known = cache(self._known)

    def breaches(self, *paths: str, phases: tuple[str, ...] = PHASES, examples: int = 50) -> list[str]:
        """What does not answer as described, of the operations under these paths."""
        schema = schemathesis.openapi.from_wsgi(
            "/api/schema/", self.application, config=SchemathesisConfig.from_path(CONFIG)
        )
        schema.config.phases.update(phases=list(phases))
        schema.config.generation.max_examples = examples
        schema.config.headers = {"Authorization": f"Bearer {self.token}"}
        chosen = schema.include(func=lambda context: context.operation.path in paths)
        with _one_connection(), _no_network(), self._only_what_is_known():
            return sorted(set(self._breaches(chosen)))

    def _breaches(self, schema: Any) -> Iterator[str]:
        for event in from_schema(schema).execute():
            if isinstance(event, events.PhaseStarted | events.PhaseFinished):
                self._turn_to(event)
            elif isinstance(event, events.ScenarioFinished) and event.status == Status.FAILURE:
                yield from _told(event.recorder)
            elif isinstance(event, events.NonFatalError):
                yield f"{event.label}: {event.value}"

    def _turn_to(self, event: events.PhaseEvent) -> None:
        """Keep what one request leaves for the next while the phase lasts that asks for it."""
        if event.phase.name != PhaseName.STATEFUL_TESTING:
            return
        if isinstance(event, events.PhaseStarted):
            self.takes_back = False
            self.point = transaction.savepoint()
        elif not self.takes_back:
            self.takes_back = True
            transaction.savepoint_rollback(self.point)

    def application(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        """The portal's own WSGI application, on the connection of the test whatever thread asks."""
        connections["default"] = self.connection
        if environ["PATH_INFO"].startswith(FOR_PEOPLE) and environ.get("HTTP_AUTHORIZATION") == f"Bearer {self.token}":
            environ["HTTP_AUTHORIZATION"] = f"Bearer {self._own_token_for(environ)}"

        def start(status: str, *rest: Any) -> Any:
            self.statuses[status[:3]] += 1
            return start_response(status, *rest)

        with transaction.atomic():
            answer = self.portal(environ, start)
            body = [b"".join(answer)]
            answer.close()
            if self.takes_back:
                transaction.set_rollback(True)
        return body

    @contextmanager
    def _only_what_is_known(self) -> Iterator[None]:
        """While it lasts, requests that mean to be right name people and rows that are there."""
        schemathesis.hook("before_call")(lambda _context, case, _options: self._make_known(case))
        try:
            yield
        finally:
            schemathesis.hooks.unregister_all()

    def _make_known(self, case: Case) -> None:
        builds_on_another = case.meta is not None and case.meta.phase.name == TestPhase.STATEFUL
        number = 0 if builds_on_another else crc32(repr((case.query, case.body, case.path_parameters)).encode())
        if _means_right(case, ParameterLocation.HEADER) and "Act-For" in (case.headers or {}):
            self._act_for(case, ACTORS[number % len(ACTORS)])
        if not builds_on_another and number % 8 and _means_right(case, ParameterLocation.PATH):
            known = self.known(case.path)
            case.path_parameters |= {name: known[name] for name in case.path_parameters}

    def _act_for(self, case: Case, person: str | None) -> None:
        if person is None:
            del case.headers["Act-For"]
        else:
            case.headers["Act-For"] = self.people[person]

    def _own_token_for(self, environ: dict[str, Any]) -> str:
        """Of whoever the request happens to be by; of the same person while requests build on each other."""
        number = crc32(repr((environ["PATH_INFO"], environ["QUERY_STRING"])).encode()) if self.takes_back else 0
        return self.own_tokens[OWNERS[number % len(OWNERS)]]

    def _known(self, path: str) -> dict[str, Any]:
        """What stands for the parameters of a path so that it leads somewhere."""
        route = resolve(re.sub(r"\{\w+\}", "1", path.replace("{side}", "self"))).view_name
        parameters = parameters_of(self.world, route)
        return parameters | {"id": parameters.get("pk")}


def _own_token(user: User) -> str:
    return create_token(by=user, name="Contract", expires_on=timezone.localdate())[1]


def _means_right(case: Case, location: ParameterLocation) -> bool:
    """Whether this part of the request keeps to the schema."""
    part = case.meta and case.meta.components.get(location)
    return part is None or part.mode.is_positive


def _told(recorder: Any) -> Iterator[str]:
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if failed := check.failure_info:
                answer = recorder.interactions[case_id].response
                words = re.sub(r"\s+", " ", f"{failed.failure.title}: {failed.failure.message}")[:500]
                text = answer.content[:300].decode(errors="replace") if answer else ""
                yield f"{failed.failure.operation} {words}\n  {failed.code_sample[-600:]}\n  {text}"


@contextmanager
def _one_connection() -> Iterator[None]:
    """Let other threads use the connection of the test, and let no request close it."""
    connection.inc_thread_sharing()
    try:
        with patch.object(BaseDatabaseWrapper, "close_if_unusable_or_obsolete"):
            yield
    finally:
        connection.dec_thread_sharing()


@contextmanager
def _no_network() -> Iterator[None]:
    """Let requests without a session leave out what only a network knows: the one that tries without a token has it along."""
    send = WSGITransport.send

    def within_the_process(transport: WSGITransport, case: Case, **options: Any) -> Any:
        return send(transport, case, **{name: value for name, value in options.items() if name not in NETWORK})

    with patch.object(WSGITransport, "send", within_the_process):
        yield
