"""Rows of the lists of talent reviews."""

from typing import Any

from hrportal.people.models import User
from talent.models import BoxPlacement, MemberNote
from tests.access.rows.kinds import Rows, named, somebody
from tests.factories.retention import FlightRiskFactory
from tests.factories.talent_reviews import (
    MemberDecisionFactory,
    ReviewMemberFactory,
    ReviewTaskFactory,
    TalentReviewFactory,
)


def review(_reader: User, _about: Any = None) -> Any:
    return TalentReviewFactory(facilitator=somebody(), owner=somebody())


def member(_reader: User, review: Any, **fields: Any) -> Any:
    """Somebody who was discussed and placed."""
    row = ReviewMemberFactory(review=review, employee=somebody(**fields), is_discussed=True)
    BoxPlacement.objects.create(member=row, box=5, label="Core", decided_by=somebody())
    return row


def task(reader: User, review: Any) -> Any:
    decision = MemberDecisionFactory(member=member(reader, review))
    return ReviewTaskFactory(decision=decision, owner=somebody())


def note(reader: User, review: Any) -> MemberNote:
    """What the reader noted about one of their people."""
    about = member(reader, review, manager=reader.employee)
    return MemberNote.objects.create(member=about, employee=reader.employee, box=5, note="Ready for more")


def at_risk(reader: User, review: Any) -> Any:
    return FlightRiskFactory(employee=member(reader, review).employee)


ROWS = {
    "talent.review_list": Rows(lambda reader, _: member(reader, review(reader))),
    "talent.review_members": Rows(member, review, named("review")),
    "talent.review_notes": Rows(note, review, named("review")),
    "talent.review_risks": Rows(at_risk, review, named("review")),
    "talent.review_tasks": Rows(task, review, named("review")),
}
