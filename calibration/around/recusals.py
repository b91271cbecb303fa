"""Who stays out of which conversation, as its reader may know it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from calibration.models import CalibrationSession, Participant, Recusal
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal


def recusals_at(session: CalibrationSession, user: Principal) -> list[Recusal]:
    """Who stays out at this table. One sees one's own; who prepares or leads sees all, but none about themselves."""
    return list(Recusal.objects.visible_to(user).that_matter_to(session).with_people())


def table_of(session: CalibrationSession) -> list[Employee]:
    """Who leads or takes part, here or in the session above."""
    tables = [table for table in (session, session.parent) if table]
    seated = Participant.objects.filter(session__in=[table.pk for table in tables]).order_by().values("employee")
    leaders = {pk for table in tables for pk in table.leader_ids}
    people = Employee.objects.filter(pk__in=seated) | Employee.objects.filter(pk__in=leaders)
    return list(people.distinct().select_related("job"))


def conflicts_of(session: CalibrationSession, user: Principal) -> list[str]:
    """A warning for each person at the table who stays out of something in this cycle; whom it is about is not said."""
    found = Recusal.objects.visible_to(user).that_matter_to(session).with_people()
    seated = set(session.participants.values_list("employee", flat=True)) | session.leader_ids
    names = {row.employee.name: None for row in _of(found, seated)}
    return [_("%s has declared a conflict in this cycle and will not see every card.") % name for name in names]


def _of(rows: Iterable[Recusal], people: set[int]) -> list[Recusal]:
    return [row for row in rows if row.employee_id in people]
