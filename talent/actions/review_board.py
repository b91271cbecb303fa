"""What happens at the table of a talent review: notes before it, moves, fresh figures, who was talked about."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, StaleVersion
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from talent import events
from talent.actions.common import said
from talent.actions.talent_reviews import lock
from talent.enums import TalentReviewState
from talent.models import BoxMove, MemberNote, ReviewMember, TalentReview
from talent.models.talent_reviews import MemberQuerySet
from talent.talent_reviews.boxes import BOXES, label_of
from talent.talent_reviews.figures import FIELDS, take


@transaction.atomic
def note_member(member: ReviewMember, *, by: Actor | None, note: str, box: int | None = None) -> MemberNote:
    """Write, before the meeting, what one would say of one's person, and the box one would propose. Once again, to change it."""
    review = lock(member.review, TalentReviewState.PREPARING)
    if not review.takes_notes:
        raise ActionError(_("The day until which notes could be written is over."))
    _refuse_unknown(box)
    if not note.strip() and box is None:
        raise ActionError(_("Write a note or propose a box."), field="note")
    written = {"note": note.strip(), "box": box, "written_at": timezone.now()}
    author = acting_id(by)
    if author is None:  # the system and clients have no seat to write from
        raise PermissionDenied
    stored, _is_new = MemberNote.objects.update_or_create(member=member, employee_id=author, defaults=written)
    events.member_noted(member, by=by)
    return stored


@transaction.atomic
def move_member(
    member: ReviewMember, *, by: Actor | None, box: int | None, version: int, rationale: str
) -> ReviewMember:
    """Lay a card into another box, or into the holding area (None). It has to be the card the mover saw, and needs words."""
    review, member = lock(member.review, TalentReviewState.OPEN), _current(member, by)
    _refuse_unknown(box)
    if member.version != version:
        raise _stale(review, member, box)
    words = said(rationale, field="rationale")
    if box == member.box:
        raise ActionError(_("The card lies there already."), field="box")
    _move(member, box, words, by=by)
    return member


@transaction.atomic
def undo_member_move(member: ReviewMember, *, by: Actor | None, version: int, rationale: str = "") -> ReviewMember:
    """Take back one's own last move: a move to where the card lay before, with words, kept like every other."""
    review, member = lock(member.review, TalentReviewState.OPEN), _current(member, by)
    last = last_own_move(member, by=by)
    if last is None:
        raise ActionError(
            _(
                "You can take back only your own last move, as long as the card lies where you put it. Nothing was changed."
            )
        )
    if member.version != version:
        raise _stale(review, member, last.from_box)
    _move(member, last.from_box, rationale.strip() or _("Move taken back."), by=by)
    return member


def last_own_move(member: ReviewMember, *, by: Actor | None) -> BoxMove | None:
    """The move that brought the card where it lies, if this person made it."""
    last, mover = member.moves.first(), acting_id(by)
    if last is None or mover is None or last.moved_by_id != mover:
        return None
    return last if last.to_box == member.box else None


@transaction.atomic
def take_figures(members: Sequence[ReviewMember], *, by: Actor | None) -> list[ReviewMember]:
    """Read the figures of these cards again. One that nobody has moved goes where they say; what a person decided stays."""
    if not members:
        return []
    review = lock(members[0].review, TalentReviewState.OPEN)
    cards = list(members_for(by).filter(review=review, pk__in=[member.pk for member in members]).order_by("pk"))
    before = {card.pk: card.figures_box for card in cards}
    take(cards, review, timezone.localdate())
    moves = [_follow(card) for card in cards if card.box == before[card.pk] and card.figures_box != card.box]
    for card in cards:
        card.changes += 1
    ReviewMember.objects.bulk_update(cards, ["box", "version", "changes", *FIELDS])
    BoxMove.objects.bulk_create(moves)
    events.figures_taken(cards, by=by)
    events.members_moved(moves, by=by)
    return cards


@transaction.atomic
def discuss_member(member: ReviewMember, *, by: Actor | None, is_discussed: bool) -> ReviewMember:
    """Note that the table has talked about a person, or has yet to. Saying it twice changes nothing."""
    lock(member.review, TalentReviewState.OPEN)
    member = _current(member, by)
    if member.is_discussed != is_discussed:
        member.is_discussed = is_discussed
        touch_member(member, "is_discussed")
        events.member_discussed(member, by=by)
    return member


def members_for(by: Any) -> MemberQuerySet:
    """The cards there are; for a person only those they may know of."""
    cards = ReviewMember.objects.select_related("review", "employee")
    return cards if getattr(by, "viewer", None) is None else cards.visible_to(by)


def touch_member(member: ReviewMember, *changed: str) -> None:
    """Save what changed on a card, so that every grid that shows it draws it anew; the caller holds the review's lock."""
    member.changes += 1
    member.save(update_fields=["changes", *changed])


def current_member(member: ReviewMember, by: Actor | None) -> ReviewMember:
    """The card as it lies there now, if it still does and `by` may know of it."""
    return _current(member, by)


def _current(member: ReviewMember, by: Actor | None) -> ReviewMember:
    found = members_for(by).filter(pk=member.pk).first()
    if found is None:
        raise ActionError(_("This person is no longer on the list."))
    return found


def _move(member: ReviewMember, box: int | None, words: str, *, by: Actor | None) -> None:
    move = BoxMove.objects.create(
        member=member, from_box=member.box, to_box=box, rationale=words, moved_by_id=acting_id(by)
    )
    member.box, member.rationale = box, words
    member.version += 1
    touch_member(member, "box", "rationale", "version")
    events.member_moved(move, by=by)


def _follow(member: ReviewMember) -> BoxMove:
    """The card goes where its figures say now: a move of nobody, so that nobody can be said to have decided it."""
    move = BoxMove(
        member=member, from_box=member.box, to_box=member.figures_box, rationale=_("Fresh figures were taken.")
    )
    member.box = member.figures_box
    member.version += 1
    return move


def _refuse_unknown(box: int | None) -> None:
    if box is not None and box not in BOXES:
        raise ActionError(_("There is no such box."), field="box")


def _stale(review: TalentReview, member: ReviewMember, wanted: int | None) -> StaleVersion:
    last = member.moves.select_related("moved_by").first()
    words = _("%(who)s has moved %(person)s to “%(theirs)s” meanwhile; you chose “%(mine)s”. Nothing was changed.") % {
        "who": (last and last.moved_by) or _("Somebody else"),
        "person": member.employee.name,
        "theirs": label_of(review, member.box),
        "mine": label_of(review, wanted),
    }
    theirs = {"box": member.box, "label": label_of(review, member.box), "rationale": member.rationale}
    return StaleVersion(words, version=member.version, theirs=theirs)
