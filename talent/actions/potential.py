"""What happens to assessments of potential: rounds, raters, forms. Submitted forms never change; a new look is a new assessment."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, StaleVersion, checked
from hrportal.common.paths import is_below
from hrportal.journal.jobs import start_job
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.limits import limits_of
from hrportal.people.models import Employee, RoleGrant
from hrportal.people.viewer import Principal
from talent import events
from talent.actions.profiles import lock_profiles
from talent.enums import AssessmentState, PotentialDimension, PotentialRoundState, RaterKind, RaterState
from talent.models import PotentialAssessment, PotentialForm, PotentialRound
from talent.notices import potential as notices
from talent.potential import questionnaire
from talent.potential.population import SecondRater
from talent.scores.potential import potential_level

LAUNCH_JOB = "talent.launch_potential_round"
LONGEST_EVIDENCE = 5000


@transaction.atomic
def launch_potential_round(
    *, by: Principal, name: str, as_of: datetime.date, due_on: datetime.date, scope: Mapping[str, Any] | None = None
) -> PotentialRound:
    """Have the potential of a population assessed. Assessments are opened and raters told by a job."""
    round_ = PotentialRound(
        name=name.strip(), as_of=as_of, due_on=due_on, scope=dict(scope or {}), launched_by_id=acting_id(by)
    )
    checked(round_)
    round_.save()
    url = reverse("talent:potential_round_detail", args=[round_.pk])
    round_.job = start_job(LAUNCH_JOB, round_.name, by=by, result_url=url, round=round_.pk, **limits_of(by))
    round_.save(update_fields=["job"])
    events.potential_round_launched(round_, by=by)
    return round_


@transaction.atomic
def add_to_potential_round(round_: PotentialRound, people: Sequence[Employee], *, by: Actor | None) -> int:
    """Open an assessment for each of these people and ask their raters; how many were opened. Doing it again adds nothing.

    An older assessment that is still open is closed: what was not submitted in it is not asked any more.
    """
    round_ = PotentialRound.objects.select_for_update().get(pk=round_.pk)
    if round_.state != PotentialRoundState.OPEN:
        raise ActionError(_("This round is closed."))
    there = set(round_.assessments.filter(employee__in=people).values_list("employee", flat=True))
    new = [person for person in people if person.pk not in there]
    lock_profiles(person.pk for person in new)
    _close(PotentialAssessment.objects.open().filter(employee__in=new), by=by)
    opened = PotentialAssessment.objects.bulk_create(
        _assessment(person, by=by, as_of=round_.as_of, due_on=round_.due_on, round_=round_) for person in new
    )
    events.potential_assessments_opened(opened, by=by)
    second = SecondRater(round_.scope.get("second", SecondRater.SKIP_LEVEL))
    _ask(opened, {person.pk: _raters_above(person, second) for person in new}, by=by)
    return len(opened)


def _raters_above(person: Employee, second: SecondRater) -> list[int]:
    """The manager, and the manager above where the round asks for it."""
    above = person.manager_ids[::-1]
    return above[:2] if second == SecondRater.SKIP_LEVEL else above[:1]


def _ask(opened: Sequence[PotentialAssessment], raters: Mapping[int, list[int]], *, by: Actor | None) -> None:
    wanted = {rater for ids in raters.values() for rater in ids}
    able = set(Employee.objects.employed().filter(pk__in=wanted).values_list("pk", flat=True))
    forms = PotentialForm.objects.bulk_create(
        PotentialForm(assessment=row, rater_id=rater, kind=RaterKind.MANAGER, asked_by_id=acting_id(by))
        for row in opened
        for rater in raters[row.employee_id]
        if rater in able
    )
    events.potential_raters_named(forms, by=by)


@transaction.atomic
def open_potential_assessment(
    employee: Employee, *, by: Actor | None, due_on: datetime.date, as_of: datetime.date | None = None
) -> PotentialAssessment:
    """Have one person's potential assessed; their manager is asked, others can be named. An older open one is closed."""
    if employee.has_left:
        raise ActionError(_("This person does not work here any more."))
    day = as_of or timezone.localdate()
    if due_on < day:
        raise ActionError(_("The forms cannot be due before the day the assessment is as of."), field="due_on")
    lock_profiles([employee.pk])
    _close(PotentialAssessment.objects.open().filter(employee=employee), by=by)
    assessment = _assessment(employee, by=by, as_of=day, due_on=due_on)
    assessment.save()
    events.potential_assessments_opened([assessment], by=by)
    if employee.manager_id and Employee.objects.employed().filter(pk=employee.manager_id).exists():
        _name(assessment, employee.manager_id, RaterKind.MANAGER, by=by)
    return assessment


def _assessment(
    employee: Employee,
    *,
    by: Actor | None,
    as_of: datetime.date,
    due_on: datetime.date,
    round_: PotentialRound | None = None,
) -> PotentialAssessment:
    return PotentialAssessment(
        employee=employee,
        round=round_,
        as_of=as_of,
        due_on=due_on,
        questionnaire=questionnaire.CURRENT,
        opened_by_id=round_.launched_by_id if round_ else acting_id(by),
    )


@transaction.atomic
def name_potential_rater(assessment: PotentialAssessment, rater: Employee, *, by: Actor | None) -> PotentialForm:
    """Ask somebody who knows the person. One who was no longer asked is asked again, with what they had written."""
    assessment = _lock_open(assessment)
    _check_rater(assessment.employee, rater)
    form = assessment.forms.select_for_update(of=("self",)).filter(rater=rater).first()
    if form is None:
        return _name(assessment, rater.pk, kind_of(rater, assessment.employee), by=by)
    if form.state != RaterState.WITHDRAWN:
        raise ActionError(_("This person is a rater already."), field="rater")
    form.state, form.asked_at = RaterState.ASKED, timezone.now()
    form.save(update_fields=["state", "asked_at"])
    return _announced(form, by=by)


def _name(assessment: PotentialAssessment, rater_id: int, kind: RaterKind, *, by: Actor | None) -> PotentialForm:
    form = PotentialForm(assessment=assessment, rater_id=rater_id, kind=kind, asked_by_id=acting_id(by))
    form.save()
    return _announced(form, by=by)


def _announced(form: PotentialForm, *, by: Actor | None) -> PotentialForm:
    events.potential_raters_named([form], by=by)
    if form.rater_id != acting_id(by):
        notices.rater_asked(form)
    return form


def _check_rater(employee: Employee, rater: Employee) -> None:
    if rater.pk == employee.pk:
        raise ActionError(_("Nobody assesses their own potential."), field="rater")
    if is_below(rater.path, employee.path):
        raise ActionError(_("People who report to somebody are not asked about their potential."), field="rater")
    if rater.has_left:
        raise ActionError(_("This person does not work here any more."), field="rater")


def kind_of(rater: Employee, employee: Employee) -> RaterKind:
    """How a rater knows the person: from above, from HR, or from work."""
    if rater.pk in employee.manager_ids:
        return RaterKind.MANAGER
    hr = RoleGrant.objects.current().filter(Q(role="hrbp") | Q(role="hr_leader"), user__employee=rater)
    return RaterKind.HR if hr.exists() else RaterKind.COLLEAGUE


@transaction.atomic
def withdraw_potential_rater(form: PotentialForm, *, by: Actor | None) -> PotentialForm:
    """Ask somebody no longer. What they submitted stays; only what is still being written can be called off."""
    form = _lock_form(form)
    form.state = RaterState.WITHDRAWN
    form.save(update_fields=["state"])
    events.potential_rater_withdrawn(form, by=by)
    return form


@transaction.atomic
def save_potential_form(
    form: PotentialForm,
    *,
    by: Actor | None,
    version: int,
    answers: Mapping[str, int | None],
    evidence: Mapping[str, str],
) -> PotentialForm:
    """Store what a rater has so far. `answers` holds behaviour keys: 1 to 5, or None for "not observed"; a key that is not
    there was not answered. Raises StaleVersion, with what is stored, when `version` is not the stored one."""
    form = _lock_form(form)
    _check_answers(answers, evidence)
    said = {name: text.strip() for name, text in evidence.items() if text.strip()}
    if version != form.version:
        return _already_so(form, answers, said)
    form.answers, form.evidence, form.saved_at = dict(answers), said, timezone.now()
    form.version += 1
    form.save(update_fields=["answers", "evidence", "version", "saved_at"])
    return form


def _already_so(form: PotentialForm, answers: Mapping[str, int | None], evidence: Mapping[str, str]) -> PotentialForm:
    if form.answers == dict(answers) and form.evidence == dict(evidence):
        return form
    message = _("This was changed elsewhere in the meantime. Nothing was overwritten: choose which text stays.")
    theirs = {"answers": form.answers, "evidence": form.evidence}
    raise StaleVersion(message, version=form.version, theirs=theirs)


def _check_answers(answers: Mapping[str, int | None], evidence: Mapping[str, str]) -> None:
    if not answers.keys() <= questionnaire.KEYS or not evidence.keys() <= set(PotentialDimension.values):
        raise ActionError(_("The questionnaire does not ask that."))
    lowest, highest = questionnaire.LOWEST, questionnaire.HIGHEST
    if any(answer is not None and not lowest <= answer <= highest for answer in answers.values()):
        raise ActionError(_("An answer lies between %(from)d and %(to)d.") % {"from": lowest, "to": highest})
    if any(len(text) > LONGEST_EVIDENCE for text in evidence.values()):
        raise ActionError(_("Evidence is at most %d characters long.") % LONGEST_EVIDENCE)


@transaction.atomic
def submit_potential_form(form: PotentialForm, *, by: Actor | None) -> PotentialForm:
    """Hand in what one has seen; it never changes again. The level of the assessment is computed anew."""
    assessment = PotentialAssessment.objects.select_for_update().get(pk=form.assessment_id)
    form = _writable(_locking().get(pk=form.pk))
    if next(questionnaire.unanswered(form.answers), None):
        raise ActionError(_("Answer every question; “not observed” is an answer."))
    if not any(form.evidence.values()):
        raise ActionError(_("Write down what you have seen for at least one dimension."))
    form.state, form.submitted_at = RaterState.SUBMITTED, timezone.now()
    form.save(update_fields=["state", "submitted_at"])
    _compute(assessment)
    events.potential_form_submitted(form, by=by)
    return form


def _compute(assessment: PotentialAssessment) -> None:
    """Keep the level that follows from what was submitted."""
    submitted = assessment.forms.filter(state=RaterState.SUBMITTED)
    forms = [questionnaire.answers_of(form.answers) for form in submitted]
    level = potential_level(forms)
    assessment.raters = len(forms)
    assessment.level, assessment.low, assessment.high = (level.value, level.low, level.high) if level else (None,) * 3
    assessment.save(update_fields=["level", "low", "high", "raters"])


@transaction.atomic
def close_potential_assessment(assessment: PotentialAssessment, *, by: Actor | None) -> PotentialAssessment:
    """Wait for no more forms. What was submitted counts; what was not is not asked any more."""
    assessment = _lock_open(assessment)
    _close(PotentialAssessment.objects.filter(pk=assessment.pk), by=by)
    assessment.refresh_from_db()
    return assessment


@transaction.atomic
def close_potential_round(round_: PotentialRound, *, by: Actor | None) -> PotentialRound:
    """Close a round and all in it that is still open."""
    round_ = PotentialRound.objects.select_for_update().get(pk=round_.pk)
    if round_.state != PotentialRoundState.OPEN:
        raise ActionError(_("This round is closed."))
    _close(round_.assessments.filter(state=AssessmentState.OPEN), by=by)
    round_.state, round_.closed_at = PotentialRoundState.CLOSED, timezone.now()
    round_.save(update_fields=["state", "closed_at"])
    events.potential_round_closed(round_, by=by)
    return round_


@transaction.atomic
def close_assessments_of_leavers() -> int:
    """Close what is still open about people who have left; how many."""
    return _close(PotentialAssessment.objects.open().filter(employee__status="left"), by=None)


def _close(rows: Any, *, by: Actor | None) -> int:
    closing = list(rows.select_for_update(of=("self",)).order_by("pk"))
    found = PotentialAssessment.objects.filter(pk__in=[row.pk for row in closing])
    found.update(state=AssessmentState.CLOSED, closed_at=timezone.now())
    events.potential_assessments_closed(closing, by=by)
    return len(closing)


def remind_raters(today: datetime.date) -> int:
    """Tell raters what is due in three days or was due yesterday or before, each once; how many were told."""
    waiting = PotentialForm.objects.to_write().filter(
        assessment__due_on__lte=today + datetime.timedelta(days=3), rater__status__in=["active", "leave"]
    )
    by_day: dict[datetime.date, set[int]] = {}
    for rater, due_on in waiting.values_list("rater", "assessment__due_on").distinct():
        by_day.setdefault(due_on, set()).add(rater)
    for due_on, raters in sorted(by_day.items()):
        notices.forms_due(raters, due_on, is_late=due_on < today)
    return sum(map(len, by_day.values()))


def tell_raters_of(round_: PotentialRound) -> Collection[int]:
    """Tell everyone who still writes in a round; whom."""
    forms = PotentialForm.objects.to_write().filter(assessment__round=round_)
    raters = set(forms.values_list("rater", flat=True))
    notices.raters_asked(round_, raters)
    return raters


def _lock_open(assessment: PotentialAssessment) -> PotentialAssessment:
    rows = PotentialAssessment.objects.select_for_update(of=("self",)).select_related("employee__org_unit")
    assessment = rows.get(pk=assessment.pk)
    if assessment.state != AssessmentState.OPEN:
        raise ActionError(_("This assessment is closed."))
    return assessment


def _lock_form(form: PotentialForm) -> PotentialForm:
    """The form as it is now, to be written."""
    return _writable(_locking().get(pk=form.pk))


def _locking() -> Any:
    return PotentialForm.objects.select_for_update(of=("self",)).select_related("assessment__employee")


def _writable(form: PotentialForm) -> PotentialForm:
    """The form, if it is still to be written; refused once submitted, called off or closed."""
    if form.state == RaterState.SUBMITTED:
        raise ActionError(_("This form was submitted and can no longer be changed."))
    if not form.is_to_write:
        raise ActionError(_("This form is not asked for any more."))
    return form
