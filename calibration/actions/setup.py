"""Making many sessions at once: by a rule, or from a table. All of them, or none; what is there already is left."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calibration import events
from calibration.actions.sessions import check_cycle, check_session, unlocked_above
from calibration.models import CalibrationSession, Participant
from calibration.notices import sessions as notices
from calibration.sessions.planning import Planned, plan_sessions, refuse_too_many
from calibration.sessions.table import read_sessions
from hrportal.common.actions import ActionError
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.viewer import Principal
from performance.models import ReviewCycle

ROWS_AT_ONCE = 1000


@dataclass(frozen=True)
class Made:
    """What was made, and what was there already."""

    created: list[CalibrationSession]
    existing: list[CalibrationSession]


@transaction.atomic
def set_up_sessions(*, by: Principal, cycle: ReviewCycle, **how: Any) -> Made:
    """A session for each unit of a kind, each job family or each job level; see `plan_sessions`."""
    _lock_cycle(cycle)
    if parent := how.get("parent"):
        how["parent"] = unlocked_above(parent.pk)
    plan = plan_sessions(cycle, by=by, **how)
    if not plan:
        raise ActionError(_("No review of this cycle is found there."))
    refuse_too_many(len(plan))
    return _make(plan, by=by)


@transaction.atomic
def import_sessions(*, by: Principal | None, cycle: ReviewCycle, text: str) -> Made:
    """The sessions of a table, all or none: a line that cannot be taken refuses them all."""
    _lock_cycle(cycle)
    plan = check_table(text, cycle, by=by)
    wrong = [planned for planned in plan if planned.errors]
    if wrong:
        words = ngettext("%d line cannot be taken.", "%d lines cannot be taken.", len(wrong)) % len(wrong)
        first = _("Line %(line)d: %(why)s") % {"line": wrong[0].line, "why": " ".join(wrong[0].errors)}
        raise ActionError(f"{words} {first}", field="text")
    return _make(plan, by=by)


def check_table(text: str, cycle: ReviewCycle, *, by: Principal | None) -> list[Planned]:
    """The lines of a table with everything that would refuse them."""
    plan = read_sessions(text, cycle, by=by)
    for planned in plan:
        if planned.is_new:
            try:
                check_session(planned.session)
            except ActionError as refusal:
                planned.errors.append(refusal.message)
    return plan


def _lock_cycle(cycle: ReviewCycle) -> None:
    """So that two people who set up the same cycle at once do not make everything twice. After the sessions others may be
    placed under: whoever opens or fills one has locked it before its cycle."""
    above = CalibrationSession.objects.filter(cycle=cycle, parent=None).order_by("pk")
    list(above.select_for_update(of=("self",)).values_list("pk", flat=True))
    check_cycle(ReviewCycle.objects.select_for_update(no_key=True).get(pk=cycle.pk))


def _make(plan: list[Planned], *, by: Actor | None) -> Made:
    new = [planned for planned in plan if planned.is_new]
    for pk in sorted({planned.session.parent.pk for planned in new if planned.session.parent} - {None}):
        unlocked_above(pk)
    for planned in new:
        if planned.session.owner_id is None:
            planned.session.owner_id = acting_id(by)
        check_session(planned.session)
    created = _save(new)
    events.sessions_created(created, by=by)
    _invite(new, by=by)
    return Made(created, [planned.existing for planned in plan if planned.existing])


def _save(new: list[Planned]) -> list[CalibrationSession]:
    """The rows, those above before those under them."""
    above = [planned.session for planned in new if planned.session.parent is None]
    CalibrationSession.objects.bulk_create(above)
    under = [planned.session for planned in new if planned.session.parent is not None]
    for session in under:
        session.parent = session.parent  # its id, known only now
    CalibrationSession.objects.bulk_create(under)
    seats = (Participant(session=planned.session, employee_id=pk) for planned in new for pk in planned.seats)
    Participant.objects.bulk_create(seats, batch_size=ROWS_AT_ONCE)
    return [*above, *under]


def _invite(new: list[Planned], *, by: Actor | None) -> None:
    places = [
        (planned.session, person) for planned in new for person in sorted({*planned.seats, *planned.session.leader_ids})
    ]
    notices.invited(places, but=acting_id(by))
