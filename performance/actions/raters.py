"""Who is asked in a 360 round: nominated by its subject, agreed to or replaced by those who run it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.common.paths import is_below
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Employee
from performance.actions.rounds import invite, lock_round
from performance.enums import ATTRIBUTED, RaterGroup, RaterState, RoundState
from performance.events import rounds as events
from performance.models import FeedbackRound, Rater
from performance.notices import rounds as notices

MOST_RATERS = 40


@transaction.atomic
def nominate_raters(round_: FeedbackRound, *, by: Actor | None, group: str, people: Sequence[Employee]) -> list[Rater]:
    """Name colleagues to be asked. Who runs the round agrees by naming them; the subject's choice is still to be agreed to."""
    round_ = lock_round(round_, "nominate_rater")
    for person in people:
        _check_place(round_.subject, person, group)
    return _add(round_, [Rater(round=round_, group=group, employee=person) for person in people], by=by)


@transaction.atomic
def nominate_external_rater(round_: FeedbackRound, *, by: Actor | None, name: str, email: str) -> Rater:
    """Name somebody outside the company; they get a link by mail when the round asks."""
    round_ = lock_round(round_, "nominate_rater")
    if Employee.objects.employed().filter(work_email__iexact=email).exists():
        raise ActionError(_("This is the address of a colleague; name them as one."), field="email")
    if not name.strip():
        raise ActionError(_("Say what this person is called."), field="name")
    rater = Rater(round=round_, group=RaterGroup.EXTERNAL, name=name.strip(), email=email)
    return _add(round_, [rater], by=by)[0]


@transaction.atomic
def approve_raters(round_: FeedbackRound, *, by: Actor | None, raters: Sequence[Rater]) -> FeedbackRound:
    """Agree to nominations. In a round that collects already they are asked at once."""
    round_ = lock_round(round_, "approve_rater")
    for rater in _locked(round_, raters, RaterState.NOMINATED, RaterState.REJECTED):
        rater.state = RaterState.APPROVED
        rater.save(update_fields=["state"])
        events.rater_approved(rater, by=by)
    if round_.state == RoundState.COLLECTING:
        invite(round_, round_.raters.filter(state=RaterState.APPROVED), by=by)
    return round_


@transaction.atomic
def reject_rater(rater: Rater, *, by: Actor | None) -> Rater:
    """Do not ask somebody who was named. Who has been asked stays asked."""
    round_ = lock_round(rater.round, "reject_rater")
    (rater,) = _locked(round_, [rater], RaterState.NOMINATED, RaterState.APPROVED)
    rater.state = RaterState.REJECTED
    rater.save(update_fields=["state"])
    events.rater_rejected(rater, by=by)
    return rater


@transaction.atomic
def remove_rater(rater: Rater, *, by: Actor | None) -> None:
    """Take a nomination back that nobody has decided about."""
    round_ = lock_round(rater.round, "remove_rater")
    (rater,) = _locked(round_, [rater], RaterState.NOMINATED)
    events.rater_removed(rater, by=by)
    rater.delete()


@transaction.atomic
def renew_link(rater: Rater, *, by: Actor | None) -> Rater:
    """Send somebody outside the company a new link; the one before it becomes void.

    Whoever has answered gets no mail, but that is not told: the answer to this is always the same.
    """
    round_ = lock_round(rater.round, "renew_link")
    (rater,) = _locked(round_, [rater], RaterState.INVITED)
    if rater.group != RaterGroup.EXTERNAL:
        raise ActionError(_("Colleagues answer when they are signed in."))
    rater.link_number += 1
    rater.save(update_fields=["link_number"])
    events.link_renewed(rater, by=by)
    return rater


def _add(round_: FeedbackRound, raters: list[Rater], *, by: Actor | None) -> list[Rater]:
    if round_.raters.count() + len(raters) > MOST_RATERS:
        raise ActionError(_("More than %d people are too many for one round.") % MOST_RATERS)
    is_nomination = acting_id(by) == round_.subject_id
    for rater in raters:
        rater.state = RaterState.NOMINATED if is_nomination else RaterState.APPROVED
        checked(rater).save()
        events.rater_nominated(rater, by=by)
    if is_nomination:
        notices.tell_manager_nominated(round_)
    elif round_.state == RoundState.COLLECTING:
        invite(round_, raters, by=by)
    return raters


def _check_place(subject: Employee, person: Employee, group: str) -> None:
    """A group means what it says, or the small number of those who really are in it would stand alone."""
    if person.pk == subject.pk or group in ATTRIBUTED:
        raise ActionError(_("The person and their manager are asked anyway."), field="people")
    if group == RaterGroup.EXTERNAL:
        raise ActionError(_("People outside the company are named with name and address."), field="group")
    if group == RaterGroup.REPORT and not is_below(person.path, subject.path):
        raise ActionError(_("%s does not report to this person.") % person.name, field="people")
    if group == RaterGroup.SKIP_LEVEL and not is_below(subject.path, person.path):
        raise ActionError(_("%s is not above this person.") % person.name, field="people")
    if group == RaterGroup.PEER and (is_below(person.path, subject.path) or is_below(subject.path, person.path)):
        raise ActionError(_("%s is above or below this person, not beside them.") % person.name, field="people")


def _locked(round_: FeedbackRound, raters: Sequence[Rater], *states: RaterState) -> list[Rater]:
    rows = round_.raters.select_for_update(of=("self",)).select_related("employee")
    found = list(rows.filter(pk__in=[rater.pk for rater in raters]).order_by("pk"))
    if len(found) < len(raters) or any(rater.state not in states or rater.group in ATTRIBUTED for rater in found):
        raise ActionError(_("Somebody on the list was decided about already."))
    for rater in found:
        rater.round = round_
    return found
