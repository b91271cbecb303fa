"""What is around the table, as lists to take away: agenda, declared conflicts, and what was thought before the meeting.

Each is of the session in the query (`session`), as far as the reader sees it; without one there is nothing in it.
"""

from collections.abc import Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from calibration.around.agenda import Agenda
from calibration.around.pre_read import Entry, PreReading, Split, splits
from calibration.around.recusals import recusals_at
from calibration.models import CalibrationSession, Card, Recusal
from hrportal.common.exports import Column
from hrportal.people.exports import ListKind, list_kind, named_in
from hrportal.people.lists import person_columns
from hrportal.people.viewer import Principal


def session_in(query: QueryDict, user: Principal, name: str = "session") -> CalibrationSession | None:
    """The session that the page's URL names, if the reader sees it."""
    found: CalibrationSession | None = named_in(query, name, CalibrationSession.objects.visible_to(user).with_cycle())
    return found


def _agenda_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Place"), lambda card: card.place),
        *person_columns("review.employee"),
        Column(gettext_lazy("Job"), lambda card: card.review.job),
        Column(gettext_lazy("Session"), lambda card: card.session),
        Column(gettext_lazy("Proposed"), lambda card: card.proposal),
        Column(gettext_lazy("Why"), lambda card: card.agenda_note),
        Column(gettext_lazy("Discussed"), lambda card: _("yes") if card.is_discussed else _("no")),
    ]


def _agenda(user: Principal, query: QueryDict) -> list[Card]:
    session = session_in(query, user)
    return Agenda(session, user).items if session else []


def _recusal_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Who stays out"), lambda recusal: recusal.employee.name),
        Column(gettext_lazy("About whom"), lambda recusal: recusal.about.name),
        Column(gettext_lazy("Why"), lambda recusal: recusal.reason),
        Column(gettext_lazy("Declared"), lambda recusal: recusal.declared_at),
        Column(gettext_lazy("Declared by"), lambda recusal: recusal.declared_by),
        Column(gettext_lazy("Session"), lambda recusal: recusal.session),
    ]


def _recusals(user: Principal, query: QueryDict) -> list[Recusal]:
    session = session_in(query, user)
    return recusals_at(session, user) if session else []


def _entry_columns() -> Sequence[Column]:
    return [
        *person_columns("card.review.employee"),
        Column(gettext_lazy("Job"), lambda entry: entry.card.review.job),
        Column(gettext_lazy("Manager"), lambda entry: entry.card.review.reviewer),
        Column(gettext_lazy("Proposed"), lambda entry: entry.card.proposal),
        Column(gettext_lazy("Your answer"), _answer),
        Column(gettext_lazy("Your note"), lambda entry: entry.answer and entry.answer.note),
    ]


def _answer(entry: Entry) -> str | None:
    if entry.is_own_proposal:
        return _("Your proposal")
    if entry.is_outdated:
        return _("About an earlier proposal")
    return entry.answer.get_answer_display() if entry.answer and entry.is_answered else None


def _entries(user: Principal, query: QueryDict) -> list[Entry]:
    """What one was asked, once the table was asked at all."""
    session = session_in(query, user)
    return PreReading(session, user).entries if session and session.pre_read_opened_at else []


def _split_columns() -> Sequence[Column]:
    return [
        *person_columns("card.review.employee"),
        Column(gettext_lazy("Manager"), lambda split: split.card.review.reviewer),
        Column(gettext_lazy("Proposed"), lambda split: split.card.proposal),
        Column(pgettext_lazy("pre-read", "Question"), lambda split: split.question),
        Column(pgettext_lazy("pre-read", "Agree"), lambda split: split.agree),
        Column(pgettext_lazy("pre-read", "Abstain"), lambda split: split.abstain),
        Column(gettext_lazy("Not answered"), lambda split: split.missing),
        Column(gettext_lazy("Notes"), _notes),
        Column(gettext_lazy("On the agenda"), lambda split: _("no") if split.card.agenda_place is None else _("yes")),
    ]


def _notes(split: Split) -> str:
    return "\n".join(f"{row.employee.name} ({row.get_answer_display()}): {row.note}" for row in split.notes)


def _splits(user: Principal, query: QueryDict) -> list[Split]:
    """For those who lead."""
    session = session_in(query, user)
    if session is None or not user.has_perm("calibration.compare_pre_read", session):
        return []
    return splits(session, user)


AGENDA = list_kind(ListKind("calibration.agenda", gettext_lazy("Agenda"), _agenda_columns, _agenda))
RECUSALS = list_kind(ListKind("calibration.recusals", gettext_lazy("Who stays out"), _recusal_columns, _recusals))
PRE_READ = list_kind(ListKind("calibration.pre_read", gettext_lazy("Before the meeting"), _entry_columns, _entries))
VIEWS = list_kind(ListKind("calibration.pre_read_views", gettext_lazy("Where views split"), _split_columns, _splits))
