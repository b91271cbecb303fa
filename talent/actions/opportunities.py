"""What happens to opportunities. Who may do it is in rules; from where, each function says."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people.models import Competency, Employee, OrgUnit
from talent.actions.common import apply, refuse_stale, said
from talent.enums import InterestState, OpportunityState
from talent.events import mobility as events
from talent.models import Interest, Opportunity, OpportunityNeed
from talent.notices import mobility as notices
from talent.scores.fit import Demand

EDITABLE = frozenset(
    {
        "kind",
        "title",
        "description",
        "org_unit",
        "job",
        "location",
        "leads_people",
        "travel",
        "time_share",
        "starts_on",
        "ends_on",
        "closes_on",
    }
)
MOST_NEEDS = 12
DRAFT, OPEN = OpportunityState.DRAFT, OpportunityState.OPEN


@transaction.atomic
def create_opportunity(
    *, by: Actor | None, owner: Employee, needs: Sequence[Demand] = (), units: Iterable[OrgUnit] = (), **fields: Any
) -> Opportunity:
    """Write one down; nobody but its owner and HR sees it before it is published."""
    opportunity = Opportunity(owner=owner)
    apply(opportunity, fields, EDITABLE)
    checked(opportunity).save()
    opportunity.units.set(units)
    _set_needs(opportunity, needs)
    events.opportunity_created(opportunity, by=by)
    return opportunity


@transaction.atomic
def edit_opportunity(
    opportunity: Opportunity,
    *,
    by: Actor | None,
    version: int,
    needs: Sequence[Demand] | None = None,
    units: Iterable[OrgUnit] | None = None,
    **changes: Any,
) -> Opportunity:
    """Change a draft or an open one. Who said yes stays, and finds what it says now. Raises StaleVersion when somebody changed
    it since `version`."""
    opportunity = lock_opportunity(opportunity, DRAFT, OPEN)
    refuse_stale(opportunity, version, EDITABLE)
    apply(opportunity, changes, EDITABLE)
    opportunity.version += 1
    checked(opportunity).save()
    if units is not None:
        opportunity.units.set(units)
    if needs is not None:
        _set_needs(opportunity, needs)
    events.opportunity_edited(opportunity, by=by)
    return opportunity


def _set_needs(opportunity: Opportunity, needs: Sequence[Demand]) -> None:
    wanted = {need.competency_id for need in needs}
    if len(needs) > MOST_NEEDS or len(wanted) < len(needs):
        raise ActionError(_("Name at most %d competencies, each once.") % MOST_NEEDS, field="needs")
    if Competency.objects.filter(pk__in=wanted, is_active=True).count() < len(wanted):
        raise ActionError(_("Choose competencies of the library."), field="needs")
    opportunity.needs.all().delete()
    OpportunityNeed.objects.bulk_create(
        OpportunityNeed(
            opportunity=opportunity, competency_id=need.competency_id, level=need.required, importance=need.importance
        )
        for need in needs
    )


@transaction.atomic
def publish_opportunity(opportunity: Opportunity, *, by: Actor | None) -> Opportunity:
    """draft → open, for those it is for."""
    opportunity = lock_opportunity(opportunity, DRAFT)
    if opportunity.closes_on and opportunity.closes_on < timezone.localdate():
        raise ActionError(_("The last day to say yes has passed. Choose another one first."), field="closes_on")
    opportunity.state, opportunity.published_at = OPEN, timezone.now()
    opportunity.save(update_fields=["state", "published_at", "updated_at"])
    events.opportunity_published(opportunity, by=by)
    return opportunity


@transaction.atomic
def hand_over_opportunity(opportunity: Opportunity, *, by: Actor | None, owner: Employee) -> Opportunity:
    """Somebody else looks after it from now on, and reads who said yes as far as that is theirs to know."""
    opportunity = lock_opportunity(opportunity, DRAFT, OPEN)
    if owner.has_left:
        raise ActionError(_("This person does not work here any more."), field="owner")
    if owner.pk == opportunity.owner_id:
        raise ActionError(_("It is theirs already."), field="owner")
    # Whether the new owner is interested themselves is nobody's to learn by trying.
    _decline([*opportunity.interests.standing().filter(employee=owner)], _("You look after it yourself now."), by=by)
    opportunity.owner = owner
    opportunity.save(update_fields=["owner", "updated_at"])
    events.opportunity_handed_over(opportunity, by=by)
    notices.tell_handed_over(opportunity)
    return opportunity


@transaction.atomic
def close_opportunity(opportunity: Opportunity, *, by: Actor | None, reason: str) -> Opportunity:
    """open → closed, without a placement. Everybody who waits is told why."""
    opportunity = lock_opportunity(opportunity, OPEN)
    end_opportunity(opportunity, OpportunityState.CLOSED, said(reason, field="reason"), by=by)
    events.opportunity_closed(opportunity, by=by)
    return opportunity


@transaction.atomic
def withdraw_opportunity(opportunity: Opportunity, *, by: Actor | None, reason: str) -> Opportunity:
    """draft or open → withdrawn: it does not come about. Everybody who waits is told why."""
    opportunity = lock_opportunity(opportunity, DRAFT, OPEN)
    end_opportunity(opportunity, OpportunityState.WITHDRAWN, said(reason, field="reason"), by=by)
    events.opportunity_withdrawn(opportunity, by=by)
    return opportunity


def end_opportunity(opportunity: Opportunity, state: str, words: str, *, by: Actor | None) -> None:
    """Into a last state; those still waiting are declined with the same words and told. Inside a transaction, under its lock."""
    opportunity.state, opportunity.ending_words, opportunity.ended_at = state, words, timezone.now()
    opportunity.save(update_fields=["state", "ending_words", "ended_at", "filled_by", "updated_at"])
    waiting = list(opportunity.interests.standing().order_by("pk"))
    _decline(waiting, words, by=by)
    for interest in waiting:
        interest.opportunity = opportunity
    notices.tell_ended(waiting)


def _decline(waiting: Sequence[Interest], words: str, *, by: Actor | None) -> None:
    now = timezone.now()
    rows = Interest.objects.filter(pk__in=[interest.pk for interest in waiting])
    rows.update(state=InterestState.DECLINED, answer=words, answered_by=None, answered_at=now, updated_at=now)
    events.interests_declined(waiting, by=by)


def lock_opportunity(opportunity: Opportunity, *expected: str) -> Opportunity:
    """The opportunity under its lock, in one of the expected states. It is also the lock of all that people say to it."""
    locked = Opportunity.objects.select_for_update(of=("self",)).select_related("owner", "org_unit")
    opportunity = locked.get(pk=opportunity.pk)
    if opportunity.state not in expected:
        raise ActionError(_("This is not possible now: %s.") % opportunity.get_state_display())
    return opportunity
