"""What can happen to a 360 round. Who may do it is in rules; from where, in ROUND_STARTS_FROM.

Closing is the moment answers lose their names: in one transaction what was handed in is written anew in an order drawn
by lot, and everything that links a person to an answer is deleted. Nothing leads back from there.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from random import SystemRandom

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Employee
from performance.actions.common import required_reason
from performance.actions.round_templates import copy_round_template
from performance.enums import (
    ANONYMOUS,
    ATTRIBUTED,
    ROUND_STARTS_FROM,
    RaterGroup,
    RaterState,
    RoundState,
    SheetState,
)
from performance.events import rounds as events
from performance.models import (
    AnswerSheet,
    FeedbackRound,
    Rater,
    Review,
    RoundAnswer,
    RoundTemplate,
    SheetAnswer,
)
from performance.models.rounds import FEWEST_RATERS
from performance.notices import rounds as notices
from performance.rounds.anonymity import Cell, holds_all, publishable

EXTERNAL_MAIL = "performance.remind_external_raters"
REMIND_BEFORE = datetime.timedelta(days=3)


@transaction.atomic
def open_round(
    *,
    by: Actor | None,
    subject: Employee,
    template: RoundTemplate,
    due_on: datetime.date,
    min_raters: int = FEWEST_RATERS,
    review: Review | None = None,
) -> FeedbackRound:
    """Begin a round about somebody. Who asks for one about themselves waits for their manager or HR to agree."""
    _check_due(due_on)
    if template.is_copy or template.is_archived or not template.questions.exists():
        raise ActionError(_("Rounds can no longer be opened with this template."), field="template")
    if review is not None and review.employee_id != subject.pk:
        raise ActionError(_("This review is about somebody else."), field="review")
    asked_for = acting_id(by) == subject.pk
    round_ = FeedbackRound(
        subject=subject,
        template=template,
        review=review,
        opened_by_id=acting_id(by),
        due_on=due_on,
        min_raters=min_raters,
        state=RoundState.ASKED if asked_for else RoundState.NOMINATING,
    )
    checked(round_)
    round_.template = copy_round_template(template)
    round_.save()
    _add_attributed_raters(round_)
    events.round_opened(round_, by=by)
    (notices.tell_manager_asked if asked_for else notices.tell_subject_to_nominate)(round_)
    return round_


@transaction.atomic
def approve_round(round_: FeedbackRound, *, by: Actor | None) -> FeedbackRound:
    """Agree to a round that its subject asked for."""
    round_ = lock_round(round_, "approve_round")
    _set_state(round_, RoundState.NOMINATING)
    events.round_approved(round_, by=by)
    notices.tell_subject_to_nominate(round_)
    return round_


@transaction.atomic
def edit_round(
    round_: FeedbackRound, *, by: Actor | None, due_on: datetime.date | None = None, min_raters: int | None = None
) -> FeedbackRound:
    """Move the day answers are due; raise the fewest answers before anybody is asked, for it is what they are promised."""
    round_ = lock_round(round_, "edit_round")
    if due_on is not None and due_on != round_.due_on:
        _check_due(due_on)
        round_.due_on = due_on
    if min_raters is not None and min_raters != round_.min_raters:
        if round_.state == RoundState.COLLECTING:
            raise ActionError(_("This was promised to those who are answering."), field="min_raters")
        round_.min_raters = min_raters
    checked(round_).save(update_fields=["due_on", "min_raters"])
    events.round_edited(round_, by=by)
    return round_


@transaction.atomic
def begin_collecting(round_: FeedbackRound, *, by: Actor | None) -> FeedbackRound:
    """Ask everybody. Refused while a nomination is undecided, and when even if all answer not all could be shown."""
    round_ = lock_round(round_, "begin_collecting")
    if round_.raters.filter(state=RaterState.NOMINATED).exists():
        raise ActionError(_("Agree to or refuse every nomination first."))
    _check_promise(round_)
    _set_state(round_, RoundState.COLLECTING)
    invite(round_, round_.raters.filter(state=RaterState.APPROVED), by=by)
    events.collecting_begun(round_, by=by)
    return round_


@transaction.atomic
def remind_raters(round_: FeedbackRound, *, by: Actor | None) -> FeedbackRound:
    """Remind whoever has not answered, without learning who that is."""
    round_ = lock_round(round_, "remind_raters")
    _remind(round_, day=timezone.localdate())
    events.raters_reminded(round_, by=by)
    return round_


@transaction.atomic
def close_round(round_: FeedbackRound, *, by: Actor | None) -> FeedbackRound:
    """End the collecting, when the day has passed or when every group had enough at the last daily look."""
    round_ = lock_round(round_, "close_round")
    if not may_be_closed(round_):
        raise ActionError(_("A round closes when its day has passed, or earlier when every group has enough answers."))
    _detach_answers(round_)
    round_.enough = []
    round_.closed_at = timezone.now()
    _set_state(round_, RoundState.CLOSED, "enough", "closed_at")
    events.round_closed(round_, by=by)
    notices.tell_manager_closed(round_)
    return round_


@transaction.atomic
def share_round(round_: FeedbackRound, *, by: Actor | None) -> FeedbackRound:
    """Show the results to their subject."""
    round_ = lock_round(round_, "share_round")
    round_.shared_at = timezone.now()
    _set_state(round_, RoundState.SHARED, "shared_at")
    events.round_shared(round_, by=by)
    notices.tell_subject_shared(round_)
    return round_


@transaction.atomic
def withdraw_round(round_: FeedbackRound, *, by: Actor | None, reason: str) -> FeedbackRound:
    """Give a round up before it closes. What was written is deleted unread."""
    round_ = lock_round(round_, "withdraw_round")
    round_.reason = required_reason(reason)
    _delete_sheets(round_)
    _set_state(round_, RoundState.WITHDRAWN, "reason")
    events.round_withdrawn(round_, by=by)
    return round_


@transaction.atomic
def mind_round(round_: FeedbackRound) -> bool:
    """The day's work on a round that collects: close it, or look whether there is enough and remind. Whether it closed."""
    today = timezone.localdate()
    round_ = FeedbackRound.objects.select_for_update(of=("self",)).select_related("subject").get(pk=round_.pk)
    if round_.state != RoundState.COLLECTING:
        return False
    if round_.due_on < today:
        close_round(round_, by=None)
        return True
    round_.enough = sorted(groups_with_enough(round_))
    round_.save(update_fields=["enough"])
    reminds_on = round_.due_on - REMIND_BEFORE
    if (
        reminds_on <= today
        and timezone.localdate(round_.opened_at) < reminds_on
        and not _was_reminded(round_, reminds_on)
    ):
        _remind(round_, day=reminds_on)
    return False


def may_be_closed(round_: FeedbackRound) -> bool:
    """Whether its day has passed or, as of the last daily look, nothing asked for would have to be kept."""
    if round_.due_on < timezone.localdate():
        return True
    return bool(round_.enough) and asked_groups(round_) <= set(round_.enough)


def asked_groups(round_: FeedbackRound) -> set[str]:
    """The groups whose answers will not carry a name and of which somebody is asked."""
    return set(round_.raters.wanted().filter(group__in=ANONYMOUS).values_list("group", flat=True))


def groups_with_enough(round_: FeedbackRound) -> Cell:
    """The groups that could be shown if the round closed now. For the daily look only: nobody is to see it move."""
    handed_in = AnswerSheet.objects.filter(rater__round=round_, state=SheetState.HANDED_IN)
    counts = Counter(handed_in.filter(rater__group__in=ANONYMOUS).values_list("rater__group", flat=True))
    return Cell().union(*publishable(counts, round_.min_raters))


def lock_round(round_: FeedbackRound, step: str) -> FeedbackRound:
    """Read the round again under a lock, and refuse a step out of order."""
    rows = FeedbackRound.objects.select_for_update(of=("self",)).select_related("subject__org_unit", "template")
    locked = rows.get(pk=round_.pk)
    if locked.state not in ROUND_STARTS_FROM[step]:
        raise ActionError(_("This round is already: %s.") % locked.get_state_display())
    return locked


def invite(round_: FeedbackRound, raters: Iterable[Rater], *, by: Actor | None) -> None:
    """Ask approved raters (of a locked round that collects) for an answer."""
    asked = list(raters)
    for rater in asked:
        rater.round, rater.state = round_, RaterState.INVITED
    Rater.objects.bulk_update(asked, ["state"])
    AnswerSheet.objects.bulk_create(AnswerSheet(rater=rater) for rater in asked)
    for rater in asked:
        events.rater_invited(rater, by=by)
    notices.tell_invited(asked)


def _add_attributed_raters(round_: FeedbackRound) -> None:
    """The subject and their manager always answer, under their names."""
    subject = round_.subject
    people = {RaterGroup.SELF: subject.pk, RaterGroup.MANAGER: subject.manager_id}
    Rater.objects.bulk_create(
        Rater(round=round_, group=group, employee_id=pk, state=RaterState.APPROVED)
        for group, pk in people.items()
        if pk is not None
    )


def _check_due(due_on: datetime.date) -> None:
    if due_on <= timezone.localdate():
        raise ActionError(_("Choose a day that is still to come."), field="due_on")


def _check_promise(round_: FeedbackRound) -> None:
    wanted = round_.raters.wanted().filter(group__in=ANONYMOUS)
    counts = Counter(wanted.values_list("group", flat=True))
    if not holds_all(publishable(counts, round_.min_raters), counts):
        raise ActionError(
            _("Fewer than %(count)d people of some group are asked, so their answers could not be shown: %(groups)s.")
            % {"count": round_.min_raters, "groups": _too_small(counts, round_.min_raters)}
        )


def _too_small(counts: Mapping[str, int], minimum: int) -> str:
    small = [group for group, count in counts.items() if count < minimum] or [RaterGroup.PEER]
    return ", ".join(str(RaterGroup(group).label) for group in sorted(small))


def _was_reminded(round_: FeedbackRound, day: datetime.date) -> bool:
    """Whether the reminder of this day went out, on it or (the portal was down) later."""
    return Job.objects.filter(kind=EXTERNAL_MAIL, params__round=round_.pk, params__day=day.isoformat()).exists()


def _remind(round_: FeedbackRound, *, day: datetime.date) -> None:
    """Colleagues by a notice; who is outside by mail, in a job of nobody's, so that no number of mails is told."""
    open_sheets = AnswerSheet.objects.open().filter(rater__round=round_, rater__employee__isnull=False)
    raters = [sheet.rater for sheet in open_sheets.select_related("rater__round__subject")]
    notices.tell_reminded(raters, day=day)
    start_job(EXTERNAL_MAIL, _("Reminders by mail"), by=None, round=round_.pk, day=day.isoformat())


def _detach_answers(round_: FeedbackRound) -> None:
    """Write what was handed in anew, without names and in an order drawn by lot, and delete where it came from."""
    handed_in = SheetAnswer.objects.filter(sheet__rater__round=round_, sheet__state=SheetState.HANDED_IN)
    answers = [_without_name(round_, said) for said in handed_in.select_related("sheet__rater") if said.says_something]
    SystemRandom().shuffle(answers)
    RoundAnswer.objects.bulk_create(answers)
    _delete_sheets(round_)


def _without_name(round_: FeedbackRound, said: SheetAnswer) -> RoundAnswer:
    rater = said.sheet.rater
    return RoundAnswer(
        round=round_,
        question_id=said.question_id,
        group=rater.group,
        author_id=rater.employee_id if rater.group in ATTRIBUTED else None,
        rating=said.rating,
        text=said.text,
    )


def _delete_sheets(round_: FeedbackRound) -> None:
    AnswerSheet.objects.filter(rater__round=round_).delete()


def _set_state(round_: FeedbackRound, state: RoundState, *changed: str) -> None:
    round_.state = state
    round_.save(update_fields=["state", *changed])
