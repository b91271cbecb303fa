"""Helping what is stuck on the bridge."""

from django.db import transaction
from django.utils import timezone

from calibration.models.handover import HandOverQuerySet
from hrportal.journal.enums import DeliveryState
from hrportal.journal.hints import hint_delivery
from hrportal.journal.models import Delivery
from hrportal.journal.recording import Actor, Entry, record_many


@transaction.atomic
def retry_parked(handovers: HandOverQuerySet, *, by: Actor | None) -> int:
    """Give parked hand-overs a fresh start, all of these at once; how many there were."""
    parked = Delivery.objects.filter(pk__in=handovers.filter(state=DeliveryState.PARKED).order_by().values("pk"))
    rows = list(parked.select_for_update().order_by("pk"))
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=DeliveryState.PENDING, attempts=0, next_try_at=timezone.now()
    )
    record_many("journal.delivery_retried", [Entry(row, data={"fact": row.fact_id}) for row in rows], by=by)
    hint_delivery()
    return len(rows)
