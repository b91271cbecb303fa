"""Who stays out of the conversation about whom: declared by word, withdrawn by HR, both on record."""

from django.db import transaction
from django.utils.translation import gettext as _

from calibration import events
from calibration.actions.common import lock
from calibration.enums import SessionState
from calibration.models import CalibrationSession, Recusal
from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Employee


@transaction.atomic
def declare_recusal(
    session: CalibrationSession, *, by: Actor | None, employee: Employee, about: Employee, reason: str
) -> Recusal:
    """Keep somebody out of the conversation about a person: here and in every other session of the cycle, from now on.

    Whether that person is on any board plays no part in it, so that nobody learns from the answer whether they are.
    """
    session = lock(session, SessionState.PREPARING, SessionState.OPEN)
    if not reason.strip():
        raise ActionError(_("Say what the conflict is."), field="reason")
    if employee.pk == about.pk:
        raise ActionError(_("Nobody talks about themselves anyway. Name somebody else."), field="about")
    if about.pk == acting_id(by):
        raise ActionError(_("Who stays out of talking about you is for others to say."), field="about")
    if employee.pk != acting_id(by) and not _sits_there(session, employee.pk):
        raise ActionError(_("%s does not sit at this table.") % employee.name, field="employee")
    recusal = Recusal(
        session=session, employee=employee, about=about, reason=reason.strip(), declared_by_id=acting_id(by)
    )
    checked(recusal).save()
    events.recusal_declared(recusal, by=by)
    return recusal


@transaction.atomic
def withdraw_recusal(recusal: Recusal, *, by: Actor | None) -> None:
    """Let somebody back into the conversation, unless another conflict keeps them out. Saying it twice changes nothing."""
    found = Recusal.objects.select_for_update(of=("self",)).filter(pk=recusal.pk).first()
    if found:
        events.recusal_withdrawn(found, by=by)
        found.delete()


def _sits_there(session: CalibrationSession, employee_id: int) -> bool:
    """Whether somebody leads or takes part, here or in the session above."""
    tables = [table for table in (session, session.parent) if table]
    return any(employee_id in table.leader_ids for table in tables) or session.is_seated(employee_id)
