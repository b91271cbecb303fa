"""The steps a page offers on an improvement plan: those the rules allow this person and the state allows now."""

from django.db.models import QuerySet

from hrportal.people.viewer import Principal
from performance.enums import IMPROVEMENT_STARTS_FROM, PlanCopy, RemarkReaders
from performance.models import ImprovementPlan, ImprovementRemark, ImprovementStep


def offered_plan_steps(user: Principal, plan: ImprovementPlan) -> set[str]:
    """The names of the steps open to this person on this plan."""
    return {
        step
        for step, states in IMPROVEMENT_STARTS_FROM.items()
        if plan.state in states and user.has_perm(f"performance.{step}", plan)
    }


def offered_copies(user: Principal, plan: ImprovementPlan) -> list[PlanCopy]:
    """The copies on paper this person may make: their own and those for people who read less than they do."""
    if user.has_perm("performance.remark_on_improvement_plan", plan):
        return [PlanCopy.EMPLOYEE, PlanCopy.MANAGER, PlanCopy.HR]
    if user.has_perm("performance.edit_improvement_plan", plan):
        return [PlanCopy.EMPLOYEE, PlanCopy.MANAGER]
    return [PlanCopy.EMPLOYEE]


def steps_on(copy: PlanCopy, plan: ImprovementPlan) -> QuerySet[ImprovementStep]:
    """The record as this copy carries it: the employee's from the opening on."""
    steps = plan.steps.order_by("made_at", "pk")
    return steps.filter(is_for_employee=True) if copy == PlanCopy.EMPLOYEE else steps


def remarks_on(copy: PlanCopy, plan: ImprovementPlan) -> QuerySet[ImprovementRemark]:
    """The remarks as this copy carries them: none for the employee, HR's own for HR only."""
    remarks = plan.remarks.select_related("made_by").order_by("made_at", "pk")
    if copy == PlanCopy.EMPLOYEE:
        return remarks.none()
    return remarks if copy == PlanCopy.HR else remarks.filter(readers=RemarkReaders.HR_AND_MANAGERS)
