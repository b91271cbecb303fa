"""Goals for many at once: templates, and their assignment to a unit, a job, a family or everyone, exactly once each."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms.models import model_to_dict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.common.copying import write_rows
from hrportal.common.paths import at_or_below, encode
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job as BackgroundJob
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.limits import limits_of
from hrportal.people.models import Employee
from hrportal.people.trees import share_tree
from hrportal.people.viewer import Principal, Viewer
from performance.actions.goal_progress import refresh_progress
from performance.actions.goals import check_place, settle
from performance.enums import REACHED_OR_NOT, GoalLevel, GoalState
from performance.events import goals as events
from performance.models import CheckIn, GoalAssignment, GoalTemplate, KeyResult, Objective, TemplateResult
from performance.notices import goals as notices

Rows = Sequence[Mapping[str, Any]]
RESULT_FIELDS = ("title", "measure", "unit", "baseline", "target", "stretch", "weight", "frequency")
FIGURES = ("baseline", "target", "stretch")


@transaction.atomic
def create_goal_template(*, by: Actor | None, key_results: Rows = (), **fields: Any) -> GoalTemplate:
    """Write a goal that many can get."""
    template = checked(GoalTemplate(**fields))
    template.save()
    _save_results(template, key_results)
    events.goal_template_created(template, by=by)
    return template


@transaction.atomic
def edit_goal_template(
    template: GoalTemplate, *, by: Actor | None, key_results: Rows = (), **fields: Any
) -> GoalTemplate:
    """Change a template. What was assigned from it was copied and stays as it is."""
    template = _lock_current(template)
    for name, value in fields.items():
        setattr(template, name, value)
    checked(template).save()
    _save_results(template, key_results)
    events.goal_template_edited(template, by=by)
    return template


@transaction.atomic
def archive_goal_template(template: GoalTemplate, *, by: Actor | None) -> GoalTemplate:
    """Offer a template no longer. What was assigned from it stays."""
    template = _lock_current(template)
    template.archived_at = timezone.now()
    template.save(update_fields=["archived_at", "updated_at"])
    events.goal_template_archived(template, by=by)
    return template


def reach_of(assignment: GoalAssignment, viewer: Viewer) -> QuerySet[Employee]:
    """Whom an assignment reaches: everyone employed in its unit and below, its job, its family, as far as the one who
    assigns may set goals for them."""
    people = Employee.objects.employed().order_by("pk")
    if assignment.org_unit:
        people = people.filter(at_or_below(assignment.org_unit.path, field="org_unit__path"))
    if assignment.job_id:
        people = people.filter(job=assignment.job_id)
    if assignment.job_family:
        people = people.filter(job__family=assignment.job_family)
    return people.filter(viewer.client_rows("") if viewer.is_client else _may_set_goals_for(viewer))


@transaction.atomic
def assign_goals(template: GoalTemplate, *, by: Principal, **fields: Any) -> tuple[GoalAssignment, BackgroundJob]:
    """Give a template's goal to everyone the filter names, in the background."""
    template = _lock_current(template)
    assignment = GoalAssignment(
        template=template, content=content_of_template(template), assigned_by_id=acting_id(by), **fields
    )
    check_place(period=assignment.period, parent=assignment.parent)
    checked(assignment, exclude=["assigned_by", "content"])
    if not reach_of(assignment, by.viewer).exists():
        raise ActionError(_("Nobody whose goals you set is found there."))
    assignment.save()
    events.goals_assigned(assignment, by=by)
    job = start_job(
        "performance.assign_goals",
        _("Setting “%s”") % template,
        by=by,
        result_url=reverse("performance:goal_assignment_detail", args=[assignment.pk]),
        assignment=assignment.pk,
        **limits_of(by),
    )
    return assignment, job


@transaction.atomic
def give_assigned_goals(assignment: GoalAssignment, employee_ids: Iterable[int], *, by: Actor | None) -> int:
    """Set the goal for those of these people who do not have it from this assignment; how many got it."""
    share_tree(Objective)
    assignment = GoalAssignment.objects.select_for_update(of=("self",)).with_names().get(pk=assignment.pk)
    if assignment.withdrawn_at:
        return 0
    check_place(period=assignment.period, parent=assignment.parent)
    have = Objective.objects.filter(assignment=assignment).values_list("owner_id", flat=True)
    new = [_assigned_goal(assignment, pk) for pk in sorted(set(employee_ids) - set(have))]
    write_rows(new)
    _place(new, assignment.parent)
    write_rows(row for goal in new for row in _assigned_results(goal, assignment.content))
    refresh_progress([assignment.parent_id] if assignment.parent_id else [])
    events.objectives_created(new, by=by)
    notices.goal_set(new, setter=assignment.assigned_by)
    return len(new)


@transaction.atomic
def withdraw_goal_assignment(assignment: GoalAssignment, *, by: Actor | None) -> GoalAssignment:
    """Take back what was assigned and not measured yet; goals somebody has begun to measure stay."""
    share_tree(Objective)
    assignment = GoalAssignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if assignment.withdrawn_at:
        raise ActionError(_("This was withdrawn already."))
    unmeasured = list(_unmeasured(assignment).select_for_update(of=("self",)).order_by("pk"))
    Objective.objects.filter(pk__in=[goal.pk for goal in unmeasured]).update(
        state=GoalState.CANCELLED, updated_at=timezone.now()
    )
    assignment.withdrawn_at = timezone.now()
    assignment.save(update_fields=["withdrawn_at"])
    refresh_progress({goal.parent_id for goal in unmeasured if goal.parent_id})
    events.goal_assignment_withdrawn(assignment, by=by)
    events.objectives_closed(unmeasured, by=by)
    return assignment


def _unmeasured(assignment: GoalAssignment) -> QuerySet[Objective]:
    measured = CheckIn.objects.filter(key_result__objective=OuterRef("pk"))
    return Objective.objects.changeable().filter(~Exists(measured), assignment=assignment)


def content_of_template(template: GoalTemplate) -> dict[str, Any]:
    """The template as it is now, to be kept with what was assigned from it. Figures are text, so that they stay exact."""
    results = [model_to_dict(row, fields=RESULT_FIELDS) for row in template.key_results.all()]
    for row in results:
        row |= {name: None if row[name] is None else str(row[name]) for name in FIGURES}
    goal = {name: getattr(template, name) for name in ("title", "description", "kind", "weight", "competency_id")}
    return goal | {"key_results": results}


def _may_set_goals_for(viewer: Viewer) -> Q:
    return viewer.oneself("") | viewer.chain_below("") | viewer.hr("")


def _assigned_goal(assignment: GoalAssignment, employee_id: int) -> Objective:
    goal = {name: value for name, value in assignment.content.items() if name != "key_results"}
    return Objective(
        **goal,
        level=GoalLevel.INDIVIDUAL,
        owner_id=employee_id,
        assignment=assignment,
        parent_id=assignment.parent_id,
        period_id=assignment.period_id,
        starts_on=assignment.starts_on,
        due_on=assignment.due_on,
        parts_count=sum(bool(row["weight"]) for row in assignment.content["key_results"]),
    )


def _assigned_results(goal: Objective, content: dict[str, Any]) -> Iterable[KeyResult]:
    for fields in content["key_results"]:
        figures = {name: None if fields[name] is None else Decimal(fields[name]) for name in FIGURES}
        row = KeyResult(objective=goal, **{**fields, **figures})
        settle(row)
        yield row


def _place(goals: list[Objective], parent: Objective | None) -> None:
    above = parent.path if parent else ""
    for goal in goals:
        goal.path = above + encode(goal.pk)
    Objective.objects.bulk_update(goals, ["path"])


def _save_results(template: GoalTemplate, rows: Rows) -> None:
    for given in rows:
        fields = dict(given)
        pk, is_removed = fields.pop("id", None), fields.pop("is_removed", False)
        row = template.key_results.filter(pk=pk).first() if pk else TemplateResult(template=template)
        if row is None:
            raise ActionError(_("This goal no longer has one of these key results."), field="key_results")
        if is_removed:
            row.delete()
        else:
            _save_result(row, fields)


def _save_result(row: TemplateResult, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    if row.measure in REACHED_OR_NOT:
        row.baseline, row.target, row.stretch, row.unit = Decimal(0), Decimal(1), None, ""
    checked(row).save()


def _lock_current(template: GoalTemplate) -> GoalTemplate:
    locked = GoalTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
    if locked.archived_at:
        raise ActionError(_("This template is archived."))
    return locked
