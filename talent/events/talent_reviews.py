"""What is announced of talent reviews: ids and versions, never a box, a level or a text."""

from collections.abc import Iterable

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, Entry, record, record_many
from talent.models import BoxMove, MemberDecision, ReviewMember, ReviewTask, TalentReview


def talent_review_created(review: TalentReview, *, by: Actor | None) -> Fact:
    return _about_review("talent.talent_review_created", review, by=by)


def talent_review_edited(review: TalentReview, *, by: Actor | None) -> Fact:
    return _about_review("talent.talent_review_edited", review, by=by)


def talent_review_cancelled(review: TalentReview, *, by: Actor | None) -> Fact:
    return _about_review("talent.talent_review_cancelled", review, by=by)


def talent_review_prepared(review: TalentReview, *, by: Actor | None) -> Fact:
    """The list of people is written, and those at the table may write their notes."""
    return _about_review("talent.talent_review_prepared", review, by=by)


def talent_review_opened(review: TalentReview, *, by: Actor | None) -> Fact:
    return _about_review("talent.talent_review_opened", review, by=by)


def talent_review_concluded(review: TalentReview, *, by: Actor | None) -> Fact:
    return _about_review("talent.talent_review_concluded", review, by=by)


def talent_review_archived(review: TalentReview, *, by: Actor | None) -> Fact:
    return _about_review("talent.talent_review_archived", review, by=by)


def member_moved(move: BoxMove, *, by: Actor | None) -> Fact:
    return _about_member("talent.member_moved", move.member, by=by, move=move.pk)


def members_moved(moves: Iterable[BoxMove], *, by: Actor | None) -> None:
    """The same of many at once; moves come with their members."""
    record_many("talent.member_moved", [_entry(move.member, move=move.pk) for move in moves], by=by)


def member_noted(member: ReviewMember, *, by: Actor | None) -> Fact:
    return _about_member("talent.member_noted", member, by=by)


def member_discussed(member: ReviewMember, *, by: Actor | None) -> Fact:
    return _about_member("talent.member_discussed", member, by=by)


def figures_taken(members: Iterable[ReviewMember], *, by: Actor | None) -> None:
    """The figures of these were taken anew."""
    record_many("talent.figures_taken", [_entry(member) for member in members], by=by)


def members_placed(members: Iterable[ReviewMember], *, by: Actor | None) -> None:
    """A meeting decided in which boxes these lie, that day."""
    record_many("talent.member_placed", [_entry(member) for member in members], by=by)


def member_decided(decision: MemberDecision, *, by: Actor | None) -> Fact:
    return _about_member("talent.member_decided", decision.member, by=by, decision=decision.pk)


def review_task_completed(task: ReviewTask, *, by: Actor | None) -> Fact:
    return _about_task("talent.review_task_completed", task, by=by)


def review_task_dropped(task: ReviewTask, *, by: Actor | None) -> Fact:
    return _about_task("talent.review_task_dropped", task, by=by)


def _about_review(topic: str, review: TalentReview, *, by: Actor | None) -> Fact:
    return record(topic, review, by=by, version=review.version)


def _about_member(topic: str, member: ReviewMember, *, by: Actor | None, **data: int) -> Fact:
    return record_many(topic, [_entry(member, **data)], by=by)[0]


def _entry(member: ReviewMember, **data: int) -> Entry:
    return Entry(member, member.employee_id, version=member.version, data={"review": member.review_id, **data})


def _about_task(topic: str, task: ReviewTask, *, by: Actor | None) -> Fact:
    member = task.decision.member
    data = {"review": member.review_id, "decision": task.decision_id}
    return record(topic, task, by=by, person_id=member.employee_id, data=data)
