"""Endpoints to send to, and facts to send."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hrportal.integrations.actions import create_client
from hrportal.integrations.webhooks.actions import create_endpoint
from hrportal.integrations.webhooks.models import Endpoint
from hrportal.integrations.webhooks.queueing import queue_messages
from hrportal.integrations.webhooks.sending import send_due
from tests.api.conftest import api  # noqa: F401  (callers of the API)
from tests.support.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver that takes everything."""
    with receiving() as started:
        yield started


@pytest.fixture
def endpoint_for(db) -> Callable[..., tuple[Endpoint, str]]:
    """Call it with a receiver or an address for an endpoint and its secret; `scopes` are its client's."""
    return make_endpoint


@pytest.fixture
def endpoint_after_commit(committed_db) -> Callable[..., tuple[Endpoint, str]]:
    """The same, for other processes to see."""
    return make_endpoint


def make_endpoint(
    where: Receiver | str, *, scopes: tuple[str, ...] = ("reviews:read",), **fields: Any
) -> tuple[Endpoint, str]:
    client, _secret = create_client("HRIS", scopes=scopes)
    url = where if isinstance(where, str) else where.url
    return create_endpoint(client, by=None, url=url, **{"events": ["*"], **fields})


@pytest.fixture
def send(deliver_events) -> Callable[[], int]:
    """Call it to bring everything that is due to where it goes; how many requests were made."""

    def work() -> int:
        deliver_events()
        queue_messages()
        return send_due()

    return work
