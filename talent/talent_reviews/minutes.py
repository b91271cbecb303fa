"""What a meeting decided, as its reader may read it: page, paper and table say the same."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.models import BoxPlacement, MemberDecision, ReviewMember, TalentReview
from talent.staleness import ReadableStale, StaleDatum
from talent.talent_reviews.board import Table, Tally, people_at, tally_of
from talent.talent_reviews.boxes import Box
from talent.talent_reviews.card import stale_of


@dataclass
class Line:
    """One person: where they lie and why, what was decided beside, and what is done about it."""

    member: ReviewMember
    label: str
    figures_label: str
    placement: BoxPlacement | None
    stale: list[StaleDatum]
    decisions: list[tuple[MemberDecision, list[StaleDatum]]]


@dataclass
class Minutes:
    """Everybody this reader sees, those in no box last."""

    lines: list[Line]
    tally: Tally
    table: list[Employee]

    @property
    def decided(self) -> list[Line]:
        """Those about whom more was decided than a box."""
        return [line for line in self.lines if line.decisions]

    @property
    def held(self) -> list[Line]:
        return [line for line in self.lines if line.member.box is None]

    @property
    def placed(self) -> list[Line]:
        return [line for line in self.lines if line.member.box is not None]


def minutes_of(review: TalentReview, user: Principal) -> Minutes:
    """The minutes for one reader; as many questions for one person as for three hundred."""
    table = Table(review, user)
    decisions = MemberDecision.objects.select_related("decided_by", "task__owner")
    placements = BoxPlacement.objects.select_related("decided_by")
    members = table.members.with_people().prefetch_related(
        Prefetch("decisions", decisions, to_attr="decided"), Prefetch("placement", placements)
    )
    readable = ReadableStale(user, [member.employee_id for member in members])
    lines = [_line(member, table.boxes, readable) for member in members]
    return Minutes(lines, tally_of(table), people_at(review))


def _line(member: ReviewMember, boxes: dict[int, Box], readable: ReadableStale) -> Line:
    placement = getattr(member, "placement", None)
    return Line(
        member,
        placement.label if placement else boxes[member.box].label if member.box else str(_("Holding area")),
        boxes[member.figures_box].label if member.figures_box else "",
        placement,
        stale_of(placement.rested_on_stale) if placement else [],
        [(row, readable.of(member.employee_id, row.rested_on_stale)) for row in member.decided],  # type: ignore[attr-defined]
    )
