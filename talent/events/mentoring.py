"""What is announced of mentoring: that it happened to the two, never what they said."""

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, record
from talent.models import Mentoring, MentoringGoal, MentoringMeeting, MentoringWish, MentorOffer


def mentoring_offered(offer: MentorOffer, *, by: Actor | None) -> Fact:
    return record("talent.mentoring_offered", offer, by=by, person_id=offer.mentor_id)


def mentoring_wished(wish: MentoringWish, *, by: Actor | None) -> Fact:
    return record("talent.mentoring_wished", wish, by=by, person_id=wish.mentee_id)


def mentoring_proposed(mentoring: Mentoring, *, by: Actor | None) -> Fact:
    return _about("talent.mentoring_proposed", mentoring, by=by)


def mentoring_accepted(mentoring: Mentoring, *, by: Actor | None) -> Fact:
    """One of the two said yes."""
    return _about("talent.mentoring_accepted", mentoring, by=by)


def mentoring_begun(mentoring: Mentoring, *, by: Actor | None) -> Fact:
    """Both have."""
    return _about("talent.mentoring_begun", mentoring, by=by)


def mentoring_declined(mentoring: Mentoring, *, by: Actor | None) -> Fact:
    return _about("talent.mentoring_declined", mentoring, by=by)


def mentoring_ended(mentoring: Mentoring, *, by: Actor | None) -> Fact:
    return _about("talent.mentoring_ended", mentoring, by=by)


def mentoring_reflected(mentoring: Mentoring, *, by: Actor | None) -> Fact:
    return _about("talent.mentoring_reflected", mentoring, by=by)


def mentoring_goal_added(goal: MentoringGoal, *, by: Actor | None) -> Fact:
    return _about("talent.mentoring_goal_added", goal.mentoring, by=by)


def mentoring_goal_completed(goal: MentoringGoal, *, by: Actor | None) -> Fact:
    return _about("talent.mentoring_goal_completed", goal.mentoring, by=by)


def mentoring_meeting_recorded(meeting: MentoringMeeting, *, by: Actor | None) -> Fact:
    return _about("talent.mentoring_meeting_recorded", meeting.mentoring, by=by)


def _about(topic: str, mentoring: Mentoring, *, by: Actor | None) -> Fact:
    return record(topic, mentoring, by=by, person_id=mentoring.mentee_id, data={"mentor": mentoring.mentor_id})
