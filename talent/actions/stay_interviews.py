"""What happens to stay interviews. Who may do it is in rules; when it can be done, each function says."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, StaleVersion, checked
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Employee
from talent.actions.profiles import lock_profiles
from talent.actions.retention_common import chosen, refuse_oneself, refuse_unemployed
from talent.enums import Driver, StayInterviewState
from talent.events import retention as events
from talent.models import StayInterview, StayInterviewTemplate
from talent.notices import stay_interviews as notices

MOST_QUESTIONS = 20
LONGEST_QUESTION = 300
LONGEST_ANSWER = 20_000


@transaction.atomic
def save_stay_template(
    template: StayInterviewTemplate | None,
    *,
    by: Actor | None,
    name: str,
    questions: Sequence[str],
    is_active: bool = True,
) -> StayInterviewTemplate:
    """Write a set of questions, or change one; interviews planned before keep theirs."""
    asked = [question.strip() for question in questions if question.strip()]
    if not 1 <= len(asked) <= MOST_QUESTIONS or any(len(question) > LONGEST_QUESTION for question in asked):
        words = _("Write 1 to %(most)d questions of up to %(long)d characters, one on each line.")
        raise ActionError(words % {"most": MOST_QUESTIONS, "long": LONGEST_QUESTION}, field="questions")
    if template is None:
        template = StayInterviewTemplate()
    else:
        template = StayInterviewTemplate.objects.select_for_update().get(pk=template.pk)
    template.name, template.questions, template.is_active = name.strip(), asked, is_active
    checked(template).save()
    events.stay_template_saved(template, by=by)
    return template


@transaction.atomic
def plan_stay_interview(
    employee: Employee,
    *,
    by: Actor | None,
    interviewer: Employee,
    template: StayInterviewTemplate,
    planned_on: datetime.date,
) -> StayInterview:
    """Ask somebody to hold a stay interview with this person. The person learns of it from the interviewer."""
    refuse_oneself(employee, by=by)
    lock_profiles([employee.pk])
    refuse_unemployed(employee)
    refuse_unemployed(interviewer, field="interviewer")
    if not template.is_active:
        raise ActionError(_("These questions are no longer in use."), field="template")
    interview = StayInterview(
        employee=employee,
        interviewer=interviewer,
        template=template,
        questions=template.questions,
        answers=[""] * len(template.questions),
        planned_on=planned_on,
        planned_by_id=acting_id(by),
    )
    checked(interview).save()
    events.stay_interview_planned(interview, by=by)
    notices.tell_interviewer(interview, besides=acting_id(by))
    return interview


@transaction.atomic
def write_stay_interview(
    interview: StayInterview, *, by: Actor | None, version: int, answers: Sequence[str], notes: str | None = None
) -> StayInterview:
    """Store what was noted so far. Raises StaleVersion, with what is stored, when somebody saved meanwhile; the same is done."""
    interview = _lock(interview)
    given = {
        "answers": _answers(interview, answers),
        "notes": interview.notes if notes is None else notes[:LONGEST_ANSWER],
    }
    stored = {name: getattr(interview, name) for name in given}
    if given == stored:
        return interview
    if version != interview.revision:
        words = _("This was changed elsewhere in the meantime. Nothing was overwritten: choose which text stays.")
        raise StaleVersion(words, version=interview.revision, theirs=stored)
    for name, value in given.items():
        setattr(interview, name, value)
    interview.revision += 1
    interview.save(update_fields=[*given, "revision", "updated_at"])
    return interview


@transaction.atomic
def hold_stay_interview(interview: StayInterview, *, by: Actor | None, themes: Sequence[str]) -> StayInterview:
    """The talk took place and what it brought is written down; from here on it stays as it is.

    The unit of today is kept with it, so that what is summed up for a unit never changes afterwards.
    """
    interview = _lock(interview)
    if not (any(interview.answers) or interview.notes):
        raise ActionError(_("Write down what was said before you finish it."))
    interview.themes = chosen(themes, Driver, field="themes")
    if not interview.themes:
        raise ActionError(
            _("Tag at least one theme: what keeps this person, or what might make them go?"), field="themes"
        )
    interview.state, interview.finished_on = StayInterviewState.HELD, timezone.localdate()
    interview.org_unit_id = interview.employee.org_unit_id
    interview.revision += 1
    interview.save(update_fields=["state", "themes", "finished_on", "org_unit", "revision", "updated_at"])
    events.stay_interview_held(interview, by=by)
    return interview


@transaction.atomic
def cancel_stay_interview(interview: StayInterview, *, by: Actor | None) -> StayInterview:
    """It will not take place; what was noted is kept."""
    interview = _lock(interview)
    interview.state = StayInterviewState.CANCELLED
    interview.revision += 1
    interview.save(update_fields=["state", "revision", "updated_at"])
    events.stay_interview_cancelled(interview, by=by)
    return interview


def _answers(interview: StayInterview, answers: Sequence[str]) -> list[str]:
    """A text for each question; what was not sent keeps what is stored, so that half a form wipes nothing."""
    if len(answers) > len(interview.questions):
        raise ActionError(_("There are more answers than questions."), field="answers")
    return [*(answer[:LONGEST_ANSWER] for answer in answers), *interview.answers[len(answers) :]]


def _lock(interview: StayInterview) -> StayInterview:
    """The interview under its lock, still planned."""
    rows = StayInterview.objects.select_for_update(of=("self",)).select_related("employee", "interviewer")
    interview = rows.get(pk=interview.pk)
    if not interview.is_planned:
        raise ActionError(_("This interview is already: %s.") % interview.get_state_display())
    return interview
