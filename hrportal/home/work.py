"""What waits for somebody: one query per section, whatever the size of the company."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calibration.around.pre_read import waiting_answers
from calibration.enums import SessionState
from calibration.models import CalibrationSession, DecisionRemark, HandOver
from hrportal.journal.enums import DeliveryState
from hrportal.people.enums import Role
from hrportal.people.viewer import Principal
from performance.enums import BEING_WRITTEN, ReviewerChangeState, ReviewState, RoundState, Side
from performance.improvement.tasks import plan_tasks
from performance.models import (
    ActionItem,
    AnswerSheet,
    FeedbackRequest,
    FeedbackRound,
    Meeting,
    Objective,
    Review,
    ReviewerChange,
)
from performance.models.reviews import ReviewQuerySet
from performance.rounds.shown import rounds_waiting_for
from talent.enums import ItemState, TalentReviewState
from talent.mobility.tasks import opportunity_tasks
from talent.models import PlanAction, RefreshTask, ReviewTask, TalentReview, Vacancy
from talent.retention.tasks import retention_tasks

MOST = 12
NEAR = datetime.timedelta(days=7)
# What a line says of a review. All that its list shows takes nine tables, and planning that longer than answering.
SAID = ("employee", "cycle")


@dataclass
class Task:
    """One thing to do, with the page where it is done."""

    title: str
    detail: str
    url: str
    due_on: datetime.date | None = None
    badge: str = ""

    @property
    def is_late(self) -> bool:
        return bool(self.due_on and self.due_on < timezone.localdate())


@dataclass
class Section:
    """Tasks of one kind. `more` says that there are others behind `more_url`."""

    title: str
    icon: str
    tasks: list[Task] = field(default_factory=list)
    more_url: str = ""

    @property
    def shown(self) -> list[Task]:
        return self.tasks[:MOST]

    @property
    def more(self) -> bool:
        return len(self.tasks) > MOST


def work_of(user: Principal) -> list[Section]:
    """The sections that hold something for this person, most urgent first."""
    if not user.viewer.employee_id:
        return []
    me = user.viewer.employee_id
    sections = [
        Section(_("Reviews to write"), "pencil", _reviews_to_write(user), reverse("performance:review_list")),
        Section(_("Goals to agree"), "bullseye", _goals_to_agree(me), reverse("performance:review_list")),
        Section(_("Reviews to approve"), "check2", _reviews_to_approve(user), reverse("performance:review_list")),
        Section(_("Improvement plans"), "life-preserver", _improvement(user)),
        Section(_("To decide"), "arrow-left-right", _changes_of_manager(user)),
        Section(_("Your own review"), "person-check", _own_reviews(me)),
        Section(_("360 feedback"), "people", _rounds(user), reverse("performance:round_list")),
        Section(
            _("Feedback you are asked for"),
            "question-circle",
            _feedback_to_give(me),
            reverse("performance:feedback_request_list"),
        ),
        Section(_("One-to-ones"), "chat-dots", _next_talks(me), reverse("performance:one_to_one_list")),
        Section(_("Agreed in one-to-ones"), "check2", _promises(me), reverse("performance:one_to_one_list")),
        Section(_("For HR to settle"), "life-preserver", _for_hr(user)),
        Section(_("Calibration"), "sliders", _at_tables(user), reverse("calibration:session_list")),
        Section(_("Talent reviews"), "grid-3x3-gap", _talent_reviews(user), reverse("talent:talent_review_list")),
        Section(_("Asked by HR"), "person-check", _asked_by_hr(user)),
        Section(_("To look at again"), "clock-history", _out_of_date(user), reverse("talent:refresh_task_list")),
        Section(_("Vacant critical roles"), "person-x", _vacancies(user), reverse("talent:vacancy_list")),
        Section(_("Opportunities"), "briefcase", _opportunities(user), reverse("talent:interest_list")),
        Section(_("Development"), "graph-up-arrow", _development(me), reverse("talent:plan_list")),
        Section(_("Goals without a check-in"), "bullseye", _silent_goals(me), reverse("performance:objective_list")),
    ]
    return [section for section in sections if section.tasks]


def _take(rows: Any) -> Any:
    """One more than is shown, to know whether there are more."""
    return rows[: MOST + 1]


def _reviews_to_write(user: Principal) -> list[Task]:
    """One's own, and those one writes for somebody else for a while."""
    reviews = Review.objects.filter(ReviewQuerySet.written_by(user.viewer), state__in=BEING_WRITTEN)
    return [
        Task(
            title=review.employee.name,
            detail=review.cycle.name,
            badge=_("waits for the self-assessment")
            if review.state == ReviewState.SELF_ASSESSMENT
            else _("ready for you"),
            url=reverse("performance:review_write", args=[review.pk]),
            due_on=review.manager_due_on,
        )
        for review in _take(reviews.select_related(*SAID).order_by("manager_due_on", "-state", "id"))
    ]


def _goals_to_agree(me: int) -> list[Task]:
    """Of the people one reviews, before the writing of a cycle begins."""
    open_ones = Review.objects.filter(reviewer_id=me, state=ReviewState.GOAL_SETTING, goals_agreed_at=None)
    return [
        Task(review.employee.name, review.cycle.name, review.get_absolute_url(), review.cycle.goals_due_on)
        for review in _take(open_ones.select_related(*SAID).order_by("cycle__goals_due_on", "id"))
    ]


def _changes_of_manager(user: Principal) -> list[Task]:
    """Reviews whose employee has a new manager, for the two of whom one goes on."""
    me = user.viewer.employee_id
    waiting = ReviewerChange.objects.filter(state=ReviewerChangeState.OPEN).exclude(review__employee=me)
    mine = waiting.filter(Q(new_manager_id=me) | Q(review__reviewer_id=me))
    return [
        Task(
            change.review.employee.name,
            _("New manager: who writes the review?"),
            reverse("performance:review_settle_change", args=[change.review_id]),
        )
        for change in _take(mine.select_related("review__employee").order_by("id"))
    ]


def _reviews_to_approve(user: Principal) -> list[Task]:
    waiting = Review.objects.visible_to(user).filter(state=ReviewState.SECOND_APPROVAL).select_related(*SAID)
    mine = waiting.filter(reviewer__manager_id=user.viewer.employee_id)
    return [
        Task(review.employee.name, review.cycle.name, reverse("performance:review_detail", args=[review.pk]))
        for review in _take(mine.order_by("id"))
    ]


def _improvement(user: Principal) -> list[Task]:
    """Only to those in the circle of a plan."""
    return [
        Task(
            task.what,
            _("Your improvement plan") if task.plan.employee_id == user.viewer.employee_id else task.plan.employee.name,
            task.plan.get_absolute_url(),
            task.due_on,
        )
        for task in plan_tasks(user, most=MOST)
    ]


def _asked_by_hr(user: Principal) -> list[Task]:
    """What somebody shall do about keeping people; to those who may not know about whom, it does not say."""
    found = retention_tasks(user, timezone.localdate(), most=MOST + 1)
    return [Task(task.title, task.detail, task.url, task.due_on) for task in found]


def _opportunities(user: Principal) -> list[Task]:
    """Invitations and offers to answer; interest in what one posted, as far as one may know of it."""
    found = opportunity_tasks(user, timezone.localdate(), most=MOST + 1)
    return [Task(task.title, task.detail, task.url, task.due_on) for task in found]


def _rounds(user: Principal) -> list[Task]:
    """360 rounds: answers that are asked of one, people to name, names to agree to, results to share."""
    open_sheets = AnswerSheet.objects.visible_to(user).open().select_related("rater__round__subject")
    answers = [
        Task(
            _("Your view on %s") % sheet.rater.round.subject.name,
            _("Answer or decline."),
            reverse("performance:round_answer", args=[sheet.rater_id]),
            sheet.rater.round.due_on,
        )
        for sheet in _take(open_sheets.order_by("rater__round__due_on", "pk"))
    ]
    return answers + [_round_to_move(user, round_) for round_ in _take(rounds_waiting_for(user))]


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


def _own_reviews(me: int) -> list[Task]:
    waiting = Q(state=ReviewState.SELF_ASSESSMENT, parts__side=Side.SELF, parts__submitted_at=None)
    waiting |= Q(state=ReviewState.GOAL_SETTING, goals_agreed_at=None) | Q(state=ReviewState.SHARED)
    own = Review.objects.filter(employee_id=me).filter(waiting).select_related("cycle").distinct()
    return [_own_review(review) for review in _take(own.order_by("-cycle__ends_on"))]


def _own_review(review: Review) -> Task:
    if review.state == ReviewState.SHARED:
        url = reverse("performance:review_detail", args=[review.pk])
        return Task(_("Read and acknowledge your review"), review.cycle.name, url, due_on=review.acknowledge_due_on)
    if review.state == ReviewState.GOAL_SETTING:
        return Task(
            _("Agree your goals"), review.cycle.name, review.get_absolute_url(), due_on=review.cycle.goals_due_on
        )
    url = reverse("performance:self_assessment_write", args=[review.pk])
    return Task(_("Write your self-assessment"), review.cycle.name, url, due_on=review.self_due_on)


def _feedback_to_give(me: int) -> list[Task]:
    waiting = FeedbackRequest.objects.open().filter(asked_id=me).select_related("asker", "about")
    return [
        Task(
            row.asker.name,
            _("about themselves") if row.is_about_asker else _("about %s") % row.about.name,
            row.get_absolute_url(),
            row.due_on,
        )
        for row in _take(waiting.order_by(F("due_on").asc(nulls_last=True), "id"))
    ]


def _next_talks(me: int) -> list[Task]:
    """Those of the coming days, and those nobody has marked as held."""
    two = Q(one_to_one__manager_id=me) | Q(one_to_one__employee_id=me)
    near = Meeting.objects.planned().filter(two, held_on__lte=timezone.localdate() + NEAR).with_people()
    return [
        Task(meeting.one_to_one.other(me).name, _("Prepare the agenda"), meeting.get_absolute_url(), meeting.held_on)
        for meeting in _take(near.order_by("held_on", "id"))
    ]


def _promises(me: int) -> list[Task]:
    own = ActionItem.objects.open().filter(owner_id=me).select_related("one_to_one__manager", "one_to_one__employee")
    return [
        Task(
            row.title,
            _("with %s") % row.one_to_one.other(me).name,
            row.one_to_one.get_absolute_url(),
            row.due_on,
        )
        for row in _take(own)
    ]


def _for_hr(user: Principal) -> list[Task]:
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
        for cycle, name, count in _take(by_cycle.order_by("-cycle"))
    ]
    tasks = [*_disputes(user), *_requests_to_look_again(user), *tasks]
    parked = HandOver.objects.visible_to(user).filter(state=DeliveryState.PARKED).count()
    if parked:
        words = ngettext("%d hand-over is parked", "%d hand-overs are parked", parked) % parked
        url = f"{reverse('calibration:handover_list')}?state={DeliveryState.PARKED}"
        tasks.insert(0, Task(words, _("Look at the error and try again."), url))
    return tasks


def _disputes(user: Principal) -> list[Task]:
    disputed = Review.objects.visible_to(user).filter(user.viewer.hr(), state=ReviewState.DISPUTED).with_people()
    return [
        Task(review.employee.name, _("Answer the dispute"), reverse("performance:dispute_settle", args=[review.pk]))
        for review in _take(disputed.order_by("disputed_at", "id"))
    ]


def _at_tables(user: Principal) -> list[Task]:
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
        for pk, name, due_on, count in _take(
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
        for session in _take(sessions.with_cycle().order_by("due_on", "id"))
    ]


def _to_do_at(session: CalibrationSession, me: int | None) -> str:
    """What somebody does at a table that is not locked."""
    if me not in session.leader_ids:
        return session.get_state_display()
    return _("to prepare") if session.state == SessionState.PREPARING else _("yours to lead")


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
        for request in _take(requests.order_by("made_at", "id"))
    ]


def _talent_reviews(user: Principal) -> list[Task]:
    """Tasks that came of talent reviews, naming whom they are about only where their owner may know; then the meetings
    one leads, or could still write notes for."""
    me = user.viewer.employee_id
    own = ReviewTask.objects.visible_to(user).open().filter(owner=me).naming(user).with_all()
    tasks = [
        Task(
            task.title,
            task.decision.member.employee.name if task.names_person else _("Task from a talent review"),
            reverse("talent:review_task_detail", args=[task.pk]),
            task.due_on,
            _("Task from a talent review") if task.names_person else "",
        )
        for task in _take(own.order_by("due_on", "id"))
    ]
    meetings = TalentReview.objects.visible_to(user).filter(TalentReview.objects.at_table(user.viewer))
    running = meetings.filter(state__in=[TalentReviewState.PREPARING, TalentReviewState.OPEN])
    return tasks + [_talent_review(review, me) for review in _take(running.order_by("held_on", "id"))]


def _talent_review(review: TalentReview, me: int | None) -> Task:
    """A meeting with what one does for it now."""
    if review.takes_notes:
        url = reverse("talent:talent_review_notes", args=[review.pk])
        return Task(review.name, _("Write notes before the meeting"), url, review.prepare_until)
    badge = _("yours to lead") if me in review.leader_ids else review.get_state_display()
    return Task(review.name, _("Talent review"), review.get_absolute_url(), review.held_on, badge)


def _out_of_date(user: Principal) -> list[Task]:
    """Data about others that this person is asked to look at again."""
    tasks = RefreshTask.objects.visible_to(user).open().filter(owner_id=user.viewer.employee_id).with_subject()
    return [
        Task(
            str(task.plan or task.employee),
            _("Bench and readiness") if task.plan else str(task.get_kind_display()),
            reverse("talent:refresh_task_list"),
            task.due_on,
        )
        for task in _take(tasks.order_by("due_on", "id"))
    ]


def _vacancies(user: Principal) -> list[Task]:
    """For HR: critical roles to fill, those somebody was found on first, which only need a word."""
    if not user.viewer.is_hr:
        return []
    open_ones = Vacancy.objects.visible_to(user).open().critical().with_seat()
    return [
        Task(
            vacancy.position.name,
            _("Somebody took the seat: say how it was filled") if vacancy.proposed else _("Begin with the bench"),
            vacancy.get_absolute_url(),
        )
        for vacancy in _take(open_ones.order_by(F("proposed").asc(nulls_last=True), "opened_on", "id"))
    ]


def _development(me: int) -> list[Task]:
    own = PlanAction.objects.filter(
        item__plan__employee_id=me, item__state=ItemState.OPEN, item__shared_at__isnull=False, done_at=None
    ).select_related("item__plan")
    return [
        Task(action.title, action.item.title, reverse("talent:plan_detail", args=[action.item.plan_id]), action.due_on)
        for action in _take(own.order_by("due_on", "id"))
    ]


def _silent_goals(me: int) -> list[Task]:
    return [
        Task(
            title=goal.title,
            detail=_("no check-in for 30 days"),
            url=reverse("performance:objective_detail", args=[goal.pk]),
            due_on=goal.due_on,
        )
        for goal in _take(Objective.objects.stale().filter(owner_id=me).order_by("due_on", "id"))
    ]
