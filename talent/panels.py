"""What talent shows on the pages of other rooms."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from hrportal.people.models import Employee
from hrportal.people.slots import provide
from talent.leaving import lines_of_leaving
from talent.models import DevelopmentPlan, TalentProfile
from talent.progress import progress_of
from talent.skills import skills_of


def fill_slots() -> None:
    """Offer panels to the slots that `people` defines."""
    provide("people.employee_page", plan_panel)
    provide("people.employee_page", skills_panel)
    provide("people.leaving", lines_of_leaving)


def plan_panel(*, employee: Employee, viewer_user: Any, **_context: Any) -> str | None:
    """The open plan, and the way to the profile, each for those who may see it; nothing of talent itself is ever shown
    on a page that the person can open."""
    plans = DevelopmentPlan.objects.visible_to(viewer_user).with_items(viewer_user).open()
    plan = plans.filter(employee=employee).first()
    may_add = viewer_user.has_perm("talent.add_item", employee)
    profile = TalentProfile.objects.visible_to(viewer_user).filter(employee=employee).first()
    if plan is None and profile is None and not may_add:
        return None
    progress = progress_of(plan.seen, timezone.localdate()) if plan else None
    context = {"plan": plan, "progress": progress, "employee": employee, "may_add_item": may_add, "profile": profile}
    return render_to_string("talent/employee_panel.html", context)


def skills_panel(*, employee: Employee, viewer_user: Any, **_context: Any) -> str | None:
    """One's own skills, as far as they were shared. Others' are read on a page of their own: here is only the way there,
    and to saying a level, for those who may."""
    if employee.pk == viewer_user.viewer.employee_id:
        return render_to_string("talent/skills_panel.html", {"skills": skills_of(employee, viewer_user)})
    may_assess = viewer_user.has_perm("talent.assess_skill", employee)
    if not may_assess:
        return None
    reads = viewer_user.has_perm("talent.read_skills", employee)
    return render_to_string("talent/assess_panel.html", {"employee": employee, "reads": reads})
