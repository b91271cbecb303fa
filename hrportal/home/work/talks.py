"""Tasks of goals, feedback, 360 rounds and one-to-ones."""

import datetime

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.home.work.tasks import Task, take
from hrportal.people.viewer import Principal
from performance.enums import RoundState
from performance.models import ActionItem, AnswerSheet, FeedbackRequest, FeedbackRound, Meeting, Objective
from performance.rounds.shown import rounds_waiting_for

NEAR = datetime.timedelta(days=7)


def rounds(user: Principal) -> list[Task]:
    """360 rounds: answers that are asked of one, people to name, names to agree to, results to share."""
    open_sheets = AnswerSheet.objects.visible_to(user).open().select_related("rater__round__subject")
    answers = [
        Task(
            _("Your view on %s") % sheet.rater.round.subject.name,
            _("Answer or decline."),
            reverse("performance:round_answer", args=[sheet.rater_id]),
            sheet.rater.round.due_on,
        )
        for sheet in take(open_sheets.order_by("rater__round__due_on", "pk"))
    ]
    return answers + [_round_to_move(user, round_) for round_ in take(rounds_waiting_for(user))]


def _round_to_move(user: Principal, round_: FeedbackRound) -> Task:
    url = reverse("performance:round_detail", args=[round_.pk])
    if round_.subject_id == user.viewer.employee_id:
        return Task(_("Name people for your 360 round"), str(round_.template), url)
    words = {
        RoundState.ASKED: _("Agree to a 360 round, or not"),
        RoundState.NOMINATING: _("Agree to who is asked, then ask them"),
        RoundState.CLOSED: _("Read the results and share them"),
    }
    return Task(round_.subject.name, words.get(RoundState(round_.state), _("Agree to who is asked")), url)


def feedback_to_give(me: int) -> list[Task]:
    waiting = FeedbackRequest.objects.open().filter(asked_id=me).select_related("asker", "about")
    return [
        Task(
            row.asker.name,
            _("about themselves") if row.is_about_asker else _("about %s") % row.about.name,
            row.get_absolute_url(),
            row.due_on,
        )
        for row in take(waiting.order_by(F("due_on").asc(nulls_last=True), "id"))
    ]


def next_meetings(me: int) -> list[Task]:
    """Those of the coming days, and those nobody has marked as held."""
    two = Q(one_to_one__manager_id=me) | Q(one_to_one__employee_id=me)
    near = Meeting.objects.planned().filter(two, held_on__lte=timezone.localdate() + NEAR).with_people()
    return [
        Task(meeting.one_to_one.other(me).name, _("Prepare the agenda"), meeting.get_absolute_url(), meeting.held_on)
        for meeting in take(near.order_by("held_on", "id"))
    ]


def promises(me: int) -> list[Task]:
    own = ActionItem.objects.open().filter(owner_id=me).select_related("one_to_one__manager", "one_to_one__employee")
    return [
        Task(
            row.title,
            _("with %s") % row.one_to_one.other(me).name,
            row.one_to_one.get_absolute_url(),
            row.due_on,
        )
        for row in take(own)
    ]


def silent_goals(me: int) -> list[Task]:
    return [
        Task(
            title=goal.title,
            detail=_("no check-in for 30 days"),
            url=reverse("performance:objective_detail", args=[goal.pk]),
            due_on=goal.due_on,
        )
        for goal in take(Objective.objects.stale().filter(owner_id=me).order_by("due_on", "id"))
    ]
