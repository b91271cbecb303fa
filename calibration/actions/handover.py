"""Helping what is stuck on the bridge, or did not arrive."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from calibration.events.handover import reviews_handed_over_again
from calibration.models import Difference, HandOver, Reconciliation
from calibration.models.handover import HandOverQuerySet
from hrportal.common.actions import ActionError
from hrportal.journal.enums import DeliveryState
from hrportal.journal.hints import hint_delivery
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Delivery, Job
from hrportal.journal.recording import Actor, Entry, record_many
from hrportal.people.limits import limits_of
from hrportal.people.viewer import Principal
from performance.models import Review

HAND_OVER_AGAIN = "calibration.hand_over_again"


@transaction.atomic
def retry_parked(handovers: HandOverQuerySet, *, by: Actor | None) -> int:
    """Give parked hand-overs a fresh start, all of these at once; how many there were."""
    parked = Delivery.objects.filter(pk__in=handovers.filter(state=DeliveryState.PARKED).order_by().values("pk"))
    rows = list(parked.select_for_update(of=("self",)).order_by("pk"))
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=DeliveryState.PENDING, attempts=0, next_try_at=timezone.now()
    )
    record_many("journal.delivery_retried", [Entry(row, data={"fact": row.fact_id}) for row in rows], by=by)
    hint_delivery()
    return len(rows)


@transaction.atomic
def hand_over_again(differences: Iterable[Difference], *, by: Actor | None) -> int:
    """Carry the reviews behind these differences once more, each once; how many there were.

    Nothing is done twice by it: whoever carries looks at the review as it is now and takes "already so" for done.
    """
    ids = [difference.pk for difference in differences]
    rows = list(Difference.objects.to_hand_over().select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    reviews = list(Review.objects.filter(pk__in={row.review_id for row in rows}).order_by("pk"))
    retry_parked(_parked_of(reviews), by=by)
    reviews_handed_over_again(reviews, by=by)
    Difference.objects.filter(pk__in=[row.pk for row in rows]).update(handed_over_at=timezone.now())
    return len(reviews)


@transaction.atomic
def start_handing_over_again(reconciliation: Reconciliation, *, by: Principal) -> Job:
    """Carry all reviews behind the differences this person sees once more, in the background."""
    if not Difference.objects.visible_to(by).to_hand_over().filter(reconciliation=reconciliation).exists():
        raise ActionError(_("Nothing is left here that could be handed over again."))
    return start_job(
        HAND_OVER_AGAIN,
        _("Handing over again"),
        by=by,
        result_url=reverse("calibration:reconciliation_detail", args=[reconciliation.pk]),
        reconciliation=reconciliation.pk,
        **limits_of(by),
    )


def _parked_of(reviews: Iterable[Review]) -> HandOverQuerySet:
    about = {"fact__subject_type": Review._meta.label_lower, "fact__subject_id__in": [row.pk for row in reviews]}
    return HandOver.objects.filter(state=DeliveryState.PARKED, **about)
