"""Real workers are killed while they send: every event arrives all the same, and whoever remembers ids sees each once."""

import pytest
from django.conf import settings
from django.utils import timezone

from hrportal.integrations.webhooks.enums import MessageState
from hrportal.integrations.webhooks.models import Endpoint, Message
from tests.support.processes import wait_until
from tests.support.receiver import receiving
from tests.webhooks.test_sending import happen

pytestmark = pytest.mark.services
EVENTS = 300


def test_whatever_is_killed_every_event_arrives_in_order(portal, endpoint_after_commit):
    portal.environment |= {"MODE": "demo", "SECRET_KEY": settings.SECRET_KEY}
    with receiving(204) as receiver:
        endpoint_after_commit(receiver)
        worker = portal.start_worker(supervised=True)
        portal.start_beat(supervised=True)
        happen(EVENTS)
        for share in (0.2, 0.5):
            wait_until(lambda share=share: len(receiver.ids) > share * EVENTS, what="some of the events")
            worker.kill()
            Endpoint.objects.update(lease_until=timezone.now())  # as if the dead worker's time were up

        wait_until(lambda: not Message.objects.exclude(state=MessageState.DELIVERED).exists(), what="all events")

    firsts = list(dict.fromkeys(receiver.ids))
    assert len(firsts) == Message.objects.count() >= EVENTS
    assert firsts == sorted(firsts, key=lambda one: int(one.rpartition("_")[2]))
    assert len(receiver.ids) <= len(firsts) + 2  # no more comes twice than was under way
