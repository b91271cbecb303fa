"""Mentoring and the pairs that would fit, as lists to take away. What the two aim for and note is theirs and in no list."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, list_kind
from hrportal.people.viewer import Principal
from talent.models import Mentoring, MentorSuggestion
from talent.scores.mentoring import Match

READERS = HR_ROLES | {Role.EMPLOYEE, Role.INTEGRATION}
TWO = ("mentor__job", "mentor__org_unit", "mentee__job", "mentee__org_unit")


def _two_columns() -> list[Column]:
    return [
        Column(_("Mentor, employee number"), lambda row: row.mentor.employee_number),
        Column(_("Mentor"), lambda row: row.mentor.name),
        Column(_("Mentor, unit"), lambda row: row.mentor.org_unit),
        Column(_("Mentee, employee number"), lambda row: row.mentee.employee_number),
        Column(_("Mentee"), lambda row: row.mentee.name),
        Column(_("Mentee, unit"), lambda row: row.mentee.org_unit),
    ]


def _mentoring_columns() -> Sequence[Column]:
    return [
        *_two_columns(),
        Column(_("What it is for"), lambda row: row.goal),
        Column(_("State"), lambda row: row.get_state_display()),
        Column(_("Proposed by"), lambda row: row.proposed_by),
        Column(_("Proposed"), lambda row: row.proposed_at),
        Column(_("Began"), lambda row: row.started_at),
        Column(_("Ended"), lambda row: row.ended_at),
    ]


def _mentorings(user: Principal, query: QueryDict) -> QuerySet[Mentoring]:
    return Mentoring.objects.visible_to(user).select_related(*TWO, "proposed_by")


def _match_columns() -> Sequence[Column]:
    return [
        *_two_columns(),
        Column(_("Fits by, of 100"), lambda row: Match.of(row.parts).score),
        Column(_("Worked out"), lambda row: row.computed_at),
    ]


def _matches(user: Principal, query: QueryDict) -> QuerySet[MentorSuggestion]:
    return MentorSuggestion.objects.visible_to(user).select_related(*TWO)


MENTORINGS = list_kind(ListKind("talent.mentorings", _("Mentoring"), _mentoring_columns, _mentorings, READERS))
MATCHES = list_kind(
    ListKind("talent.mentor_matches", _("Mentor matching"), _match_columns, _matches, HR_ROLES | {Role.INTEGRATION})
)
