"""Talent reviews from their making to the archive. What happens at the table is in `review_board.py`, what it decides in
`review_decisions.py`. Who may do it is in rules.

Everything at a table happens under the lock of the review.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent import events
from talent.actions.common import apply
from talent.enums import TalentReviewState
from talent.models import BoxMove, BoxPlacement, MemberNote, ReviewMember, ReviewSeat, TalentReview
from talent.models.talent_reviews import LEADERS
from talent.notices import talent_reviews as notices
from talent.staleness import stale_data, stored_data
from talent.talent_reviews.boxes import BOXES, LONGEST_LABEL, LONGEST_MEANING, boxes_of, usual_boxes
from talent.talent_reviews.figures import FIELDS, KINDS, box_by_figures, take
from talent.talent_reviews.population import kept_from, members_to_be

JOB = "talent.write_review_members"
BITE = 500
SCOPE = ("org_unit", "job_family", "job_level")
CUTS = ("performance_low", "performance_high", "potential_low", "potential_high")
EDITABLE = frozenset(
    {"name", *SCOPE, *LEADERS, "held_on", "prepare_until", "cycle_source", "cycle_name", *CUTS, "boxes"}
)
NOT_DECIDED = (TalentReviewState.PREPARING, TalentReviewState.OPEN)


@transaction.atomic
def create_talent_review(
    *, by: Actor | None, name: str, participants: Iterable[Employee] = (), seat_managers: bool = False, **fields: Any
) -> TalentReview:
    """Prepare a meeting. Who makes it owns it unless said otherwise; `seat_managers` seats those whose people it is about."""
    review = TalentReview(name=name)
    apply(review, fields, EDITABLE)
    if review.owner is None:
        review.owner_id = acting_id(by)
    review.boxes = review.boxes or usual_boxes()
    _check(review)
    review.save()
    seated = _seat(review, participants, seat_managers=seat_managers)
    notices.invited(review, seated | review.leader_ids, but=acting_id(by))
    events.talent_review_created(review, by=by)
    return review


@transaction.atomic
def edit_talent_review(
    review: TalentReview,
    *,
    by: Actor | None,
    participants: Sequence[Employee] | None = None,
    seat_managers: bool = False,
    **changes: Any,
) -> TalentReview:
    """Change a review that is not decided. `participants` are the whole table. Whom it is about and where the axes are cut
    can change only while it is prepared."""
    review = lock(review, *NOT_DECIDED)
    led_before = review.leader_ids
    _refuse_late(review, changes)
    apply(review, changes, EDITABLE)
    if review.owner is None:
        review.owner_id = acting_id(by)
    _check(review)
    if participants is not None:
        review.seats.exclude(employee__in=[person.pk for person in participants]).delete()
    seated = _seat(review, participants or (), seat_managers=seat_managers)
    touch(review, "owner", *changes)
    _box_anew(review, changes)
    notices.invited(review, seated | (review.leader_ids - led_before), but=acting_id(by))
    events.talent_review_edited(review, by=by)
    return review


@transaction.atomic
def cancel_talent_review(review: TalentReview, *, by: Actor | None) -> None:
    """Call off a meeting that is still being prepared; what was written for it goes with it."""
    review = lock(review, TalentReviewState.PREPARING)
    events.talent_review_cancelled(review, by=by)
    notices.cancelled(review, but=acting_id(by))
    MemberNote.objects.filter(member__review=review).delete()
    BoxMove.objects.filter(member__review=review).delete()
    review.members.all().delete()
    review.delete()


@transaction.atomic
def prepare_talent_review(review: TalentReview, *, by: Principal) -> Job:
    """Write the list of people with their figures, in the background, and ask the table for notes; again, to bring it up to date."""
    review = lock(review, TalentReviewState.PREPARING)
    return _start(review, by=by, opens=False)


@transaction.atomic
def open_talent_review(review: TalentReview, *, by: Principal) -> Job:
    """Begin the meeting: the list is brought up to date, its figures are taken, and from then on they stay as they are."""
    review = lock(review, TalentReviewState.PREPARING)
    if not review.leader_ids:
        raise ActionError(_("Name somebody who leads the meeting first."))
    return _start(review, by=by, opens=True)


def _start(review: TalentReview, *, by: Principal, opens: bool) -> Job:
    if not members_to_be(review).exists():
        raise ActionError(_("Nobody works there whom this review could be about."))
    if review.job_id and Job.objects.filter(pk=review.job_id, finished_at=None).exists():
        raise ActionError(_("The list is being written already."))
    title = _("Opening %s") if opens else _("Writing the list of %s")
    job = start_job(
        JOB,
        title % review,
        by=by,
        result_url=reverse("talent:talent_review_detail", args=[review.pk]),
        review=review.pk,
        opens=opens,
        uncounted=kept_from(by),
    )
    review.job_id = job.pk
    touch(review, "job_id")
    return job


@transaction.atomic
def write_members(review: TalentReview, employee_ids: Sequence[int], *, today: datetime.date) -> None:
    """Rows for these people with the figures of the day. Those there already get them anew; what others wrote stays.

    Called by the job in bites; safe to repeat."""
    review = lock(review, TalentReviewState.PREPARING)
    people = list(Employee.objects.filter(pk__in=employee_ids).order_by("pk"))
    ReviewMember.objects.bulk_create(
        (ReviewMember(review=review, employee=person) for person in people), ignore_conflicts=True
    )
    of_person = {person.pk: person for person in people}
    members = list(review.members.filter(employee__in=people).order_by("pk"))
    for member in members:
        person = of_person[member.employee_id]
        member.job_id, member.org_unit_id, member.manager_id = person.job_id, person.org_unit_id, person.manager_id
    take(members, review, today)
    for member in members:
        member.box = member.figures_box
        member.changes += 1
    ReviewMember.objects.bulk_update(
        members, ["job", "org_unit", "manager", "box", "changes", *FIELDS], batch_size=BITE
    )


@transaction.atomic
def finish_members(review: TalentReview, *, by: Actor | None, opens: bool) -> None:
    """The list is whole: whoever no longer belongs to it goes, and notes are asked for, or the meeting begins."""
    review = lock(review, TalentReviewState.PREPARING)
    gone = review.members.exclude(employee__in=members_to_be(review).values("pk"))
    MemberNote.objects.filter(member__in=gone).delete()
    gone.delete()
    if opens:
        _open(review, by=by)
    elif review.prepared_at is None:
        review.prepared_at = timezone.now()
        touch(review, "prepared_at")
        events.talent_review_prepared(review, by=by)
        notices.prepared(review)


def _open(review: TalentReview, *, by: Actor | None) -> None:
    review.state, review.opened_at = TalentReviewState.OPEN, timezone.now()
    review.prepared_at = review.prepared_at or review.opened_at
    touch(review, "state", "opened_at", "prepared_at")
    events.talent_review_opened(review, by=by)
    notices.opened(review)


@transaction.atomic
def conclude_talent_review(review: TalentReview, *, by: Actor | None) -> TalentReview:
    """End the meeting: where each card lies becomes a dated decision, with what was out of date. Who lies in no box, or has
    left meanwhile, stays without one."""
    review = lock(review, TalentReviewState.OPEN)
    here = review.members.exclude(employee__status=EmploymentStatus.LEFT)
    members = list(here.exclude(box=None).select_related("employee").order_by("pk"))
    if not members:
        raise ActionError(_("Nobody lies in a box yet: there is nothing to decide."))
    review.state, review.concluded_at = TalentReviewState.CONCLUDED, timezone.now()
    review.concluded_by_id = acting_id(by)
    touch(review, "state", "concluded_at", "concluded_by")
    BoxPlacement.objects.bulk_create(_placements(review, members), batch_size=BITE)
    events.talent_review_concluded(review, by=by)
    events.members_placed(members, by=by)
    notices.concluded(review, but=acting_id(by))
    return review


@transaction.atomic
def archive_talent_review(review: TalentReview, *, by: Actor | None) -> TalentReview:
    """Put a concluded review away: its table no longer reads it; what was decided stays."""
    review = lock(review, TalentReviewState.CONCLUDED)
    review.state, review.archived_at = TalentReviewState.ARCHIVED, timezone.now()
    touch(review, "state", "archived_at")
    events.talent_review_archived(review, by=by)
    return review


def lock(review: TalentReview, *expected: str) -> TalentReview:
    """Read the review again under its lock. Whatever happens at a table happens under it, so two hands never cross."""
    review = TalentReview.objects.select_for_update(of=("self",)).select_related("org_unit").get(pk=review.pk)
    if review.state not in expected:
        raise ActionError(_("This talent review is already: %s.") % review.get_state_display())
    return review


def touch(review: TalentReview, *fields: str) -> None:
    """Save what changed of the review itself."""
    review.version += 1
    review.save(update_fields=[*fields, "version", "updated_at"])


def _placements(review: TalentReview, members: Sequence[ReviewMember]) -> Iterable[BoxPlacement]:
    """A decision for each card in a box: of whoever moved it last, else of who concludes, but for themselves and those
    they report to."""
    boxes, today = boxes_of(review), timezone.localdate()
    stale = stale_data([member.employee_id for member in members], today, KINDS)
    last = (
        BoxMove.objects.filter(member__in=members).order_by().values("member").annotate(last=Max("pk")).values("last")
    )
    movers = dict(BoxMove.objects.filter(pk__in=last).values_list("member", "moved_by"))
    concluder = review.concluded_by
    circle = {concluder.pk, *concluder.manager_ids} if concluder else set()
    for member in members:
        if member.box is None:
            continue
        yield BoxPlacement(
            member=member,
            box=member.box,
            label=boxes[member.box].label,
            figures_box=member.figures_box,
            rationale=member.rationale,
            decided_by_id=movers.get(member.pk) or (None if member.employee_id in circle else review.concluded_by_id),
            decided_at=review.concluded_at or timezone.now(),
            rested_on_stale=stored_data(stale.get(member.employee_id, [])),
        )


def _seat(review: TalentReview, people: Iterable[Employee], *, seat_managers: bool) -> set[int]:
    """Give people a place at the table; who had none before."""
    wanted = {person.pk for person in people}
    if seat_managers:
        managed = members_to_be(review).exclude(manager=None)
        wanted |= {pk for pk in managed.order_by().values_list("manager", flat=True).distinct() if pk}
    new = wanted - set(review.seats.values_list("employee", flat=True))
    ReviewSeat.objects.bulk_create(
        (ReviewSeat(review=review, employee_id=pk) for pk in sorted(new)), ignore_conflicts=True
    )
    return new


def _check(review: TalentReview) -> None:
    """Refuse a review that contradicts itself; the names are set right on the way."""
    review.name, review.job_family = review.name.strip(), review.job_family.strip()
    if not review.name:
        raise ActionError(_("Give the talent review a name."), field="name")
    if review.held_on and review.prepare_until and review.prepare_until > review.held_on:
        raise ActionError(_("Notes are written before the meeting."), field="prepare_until")
    for axis in ("performance", "potential"):
        if getattr(review, f"{axis}_low") >= getattr(review, f"{axis}_high"):
            raise ActionError(_("“Higher” begins above “middle”."), field=f"{axis}_high")
    _check_boxes(review.boxes)
    checked(review, exclude=["owner", "facilitator", "org_unit", "concluded_by"])


def _check_boxes(boxes: Any) -> None:
    if len(boxes) != len(BOXES) or not all(isinstance(box, dict) and box.get("label", "").strip() for box in boxes):
        raise ActionError(_("Each of the nine boxes needs a name."), field="boxes")
    if any(len(box["label"]) > LONGEST_LABEL or len(box.get("meaning", "")) > LONGEST_MEANING for box in boxes):
        raise ActionError(_("Keep what a box is called and means short."), field="boxes")


def _refuse_late(review: TalentReview, changes: dict[str, Any]) -> None:
    if review.state == TalentReviewState.PREPARING:
        return
    for name in (*SCOPE, *CUTS):
        if name in changes and changes[name] != getattr(review, name):
            raise ActionError(
                _("Whom it is about and where the axes are cut stay as they were at the opening."), field=name
            )


def _box_anew(review: TalentReview, changes: dict[str, Any]) -> None:
    """Where cut points changed while it is prepared, the cards lie where the figures say by the new ones."""
    if not any(name in changes for name in CUTS) or review.state != TalentReviewState.PREPARING:
        return
    members = list(review.members.order_by("pk"))
    for member in members:
        member.figures_box = member.box = box_by_figures(member, review)
    ReviewMember.objects.bulk_update(members, ["figures_box", "box"], batch_size=BITE)
