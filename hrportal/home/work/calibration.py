"""Tasks of calibration, and what waits for HR there and around reviews."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calibration.around.pre_read import waiting_answers
from calibration.enums import SessionState
from calibration.models import CalibrationSession, DecisionRemark, HandOver
from hrportal.home.work.reviews import disputes
from hrportal.home.work.tasks import Task, take
from hrportal.journal.enums import DeliveryState
from hrportal.people.enums import Role
from hrportal.people.viewer import Principal
from performance.models import Review


def for_hr(user: Principal) -> list[Task]:
    """Reviews nobody is there to write, by cycle, and what is stuck between performance and talent."""
    if not user.viewer.is_hr:
        return []
    orphans = Review.objects.visible_to(user).without_writer()
    by_cycle = orphans.order_by().values_list("cycle", "cycle__name").annotate(count=Count("pk"))
    tasks = [
        Task(
            ngettext("%d review has nobody to write it", "%d reviews have nobody to write them", count) % count,
            name,
            reverse("performance:cycle_detail", args=[cycle]),
        )
        for cycle, name, count in take(by_cycle.order_by("-cycle"))
    ]
    tasks = [*disputes(user), *_requests_to_look_again(user), *tasks]
    parked = HandOver.objects.visible_to(user).filter(state=DeliveryState.PARKED).count()
    if parked:
        words = ngettext("%d hand-over is parked", "%d hand-overs are parked", parked) % parked
        url = f"{reverse('calibration:handover_list')}?state={DeliveryState.PARKED}"
        tasks.insert(0, Task(words, _("Look at the error and try again."), url))
    return tasks


def _requests_to_look_again(user: Principal) -> list[Task]:
    """Requests of others: nobody answers their own."""
    about = Review.objects.filter(user.viewer.hr()).values("pk")
    requests = DecisionRemark.objects.visible_to(user).waiting().filter(decision__review__in=about)
    requests = requests.exclude(made_by=user.viewer.employee_id).select_related("decision__review__employee", "made_by")
    return [
        Task(
            request.decision.person.name,
            _("%s asks to look again") % request.made_by.name,
            reverse("calibration:decision_detail", args=[request.decision_id]),
        )
        for request in take(requests.order_by("made_at", "id"))
    ]


def at_tables(user: Principal) -> list[Task]:
    """Answers before a meeting first: they have a day of their own. Then the tables one sits at."""
    return [*_answers_before_meetings(user), *_sessions(user)]


def _answers_before_meetings(user: Principal) -> list[Task]:
    waiting = waiting_answers(user).order_by().values_list("session", "session__name", "session__pre_read_due_on")
    return [
        Task(
            name,
            ngettext("%d answer before the meeting", "%d answers before the meeting", count) % count,
            reverse("calibration:session_pre_read", args=[pk]),
            due_on,
        )
        for pk, name, due_on, count in take(
            waiting.annotate(count=Count("pk")).order_by("session__pre_read_due_on", "session")
        )
    ]


def _sessions(user: Principal) -> list[Task]:
    sessions = CalibrationSession.objects.visible_to(user).exclude(state=SessionState.LOCKED)
    if not user.viewer.has(Role.HR_LEADER):
        sessions = sessions.filter(sessions.at_table(user.viewer))
    return [
        Task(
            session.name,
            session.cycle.name,
            reverse("calibration:session_detail", args=[session.pk]),
            session.due_on,
            _to_do_at(session, user.viewer.employee_id),
        )
        for session in take(sessions.with_cycle().order_by("due_on", "id"))
    ]


def _to_do_at(session: CalibrationSession, me: int | None) -> str:
    """What somebody does at a table that is not locked."""
    if me not in session.leader_ids:
        return session.get_state_display()
    return _("to prepare") if session.state == SessionState.PREPARING else _("yours to lead")
