"""Bringing facts to their subscribers: exactly one effect each, whatever is killed or restarted.

Due rows are taken in small batches under `skip_locked`; the subscriber's work and the tick that says "done" commit in
one transaction. What raises is rolled back alone, tried again later and later, and parked where people see it.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from hrportal.common.logs import words_of
from hrportal.journal.enums import DeliveryState
from hrportal.journal.models import Delivery
from hrportal.journal.recording import Actor, record
from hrportal.journal.subscribers import all_subscribers, handler_of

logger = logging.getLogger(__name__)

BATCH = 500
FIRST_DELAY = timedelta(seconds=2)
LONGEST_DELAY = timedelta(hours=1)
# The database itself is in trouble: nobody's fault, so nobody's attempt.
DATABASE_TROUBLE = (OperationalError, InterfaceError)


def deliver_due(*, batch: int = BATCH) -> int:
    """Deliver all that is due now; how many deliveries were tried."""
    return sum(tried for name in all_subscribers() for tried in _batches(name, batch))


def _batches(name: str, size: int) -> Iterator[int]:
    while tried := _deliver_batch(name, size):
        yield tried


@transaction.atomic
def _deliver_batch(name: str, size: int) -> int:
    due = Delivery.objects.due().filter(subscriber=name).select_related("fact").order_by("next_try_at", "id")
    deliveries = list(
        due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked, of=("self",))[:size]
    )
    if not _together(name, deliveries):
        for delivery in deliveries:
            _alone(name, delivery)
    return len(deliveries)


def _together(name: str, deliveries: Sequence[Delivery]) -> bool:
    """Let the subscriber work on all of these in one savepoint and tick them off; False if that failed and was undone."""
    try:
        _work_and_tick_off(name, deliveries)
    except DATABASE_TROUBLE:
        raise
    except Exception:
        logger.info("a batch for %s failed; each of its %s facts is tried alone", name, len(deliveries))
        return False
    return True


def _alone(name: str, delivery: Delivery) -> None:
    """The same with one, whose failure is noted on it."""
    try:
        _work_and_tick_off(name, [delivery])
    except DATABASE_TROUBLE:
        raise
    except Exception as error:
        _note_failure(delivery, error)


@transaction.atomic
def _work_and_tick_off(name: str, deliveries: Sequence[Delivery]) -> None:
    if deliveries:
        handler_of(name)([delivery.fact for delivery in deliveries])
        _tick_off(deliveries)


def _tick_off(deliveries: Sequence[Delivery]) -> None:
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries]).update(
        state=DeliveryState.DONE, done_at=timezone.now(), last_error=""
    )


def _note_failure(delivery: Delivery, error: Exception) -> None:
    logger.warning("delivery %s to %s failed", delivery.pk, delivery.subscriber, exc_info=error)
    delivery.attempts += 1
    delivery.last_error = f"{type(error).__name__}: {words_of(error)}"[:2000]
    delivery.next_try_at = timezone.now() + min(FIRST_DELAY * 2 ** (delivery.attempts - 1), LONGEST_DELAY)
    if delivery.attempts >= settings.DELIVERY_ATTEMPTS:
        delivery.state = DeliveryState.PARKED
    delivery.save(update_fields=["attempts", "last_error", "next_try_at", "state"])


@transaction.atomic
def retry_delivery(delivery: Delivery, *, by: Actor) -> Delivery:
    """Give a parked or failing delivery a fresh start; one that is already done stays done."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if delivery.state == DeliveryState.DONE:
        return delivery
    delivery.state, delivery.attempts, delivery.next_try_at = DeliveryState.PENDING, 0, timezone.now()
    delivery.save(update_fields=["state", "attempts", "next_try_at"])
    record("journal.delivery_retried", delivery, by=by, data={"fact": delivery.fact_id})
    return delivery
