"""From a rating or a skill in talent back to where it comes from."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calibration.bridge.lineage import steps_of, steps_of_skill
from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest
from talent.models import CalibratedRating, SkillAssessment, TalentProfile


@access()
@require_safe
def rating_lineage(request: PageRequest, pk: int) -> HttpResponse:
    """Review, session, moves, decision, completion, arrival: each told as far as the reader may know it."""
    seen = TalentProfile.objects.visible_to(request.user)
    rating = CalibratedRating.objects.filter(pk=pk, profile__in=seen.values("pk")).select_related("profile__employee")
    found = rating.first()
    if found is None:
        raise Http404
    return render(request, "calibration/rating_lineage.html", {"rating": found, "steps": steps_of(found, request.user)})


@access()
@require_safe
def skill_lineage(request: PageRequest, pk: int) -> HttpResponse:
    """The same of a level in the skills inventory, which people may follow for themselves once it was shared."""
    skills = SkillAssessment.objects.select_related("profile__employee", "competency")
    skill = get_for_user(skills, request.user, pk=pk)
    context = {
        "skill": skill,
        "steps": steps_of_skill(skill, request.user),
        "is_own": skill.profile.employee_id == request.user.viewer.employee_id,
    }
    return render(request, "calibration/skill_lineage.html", context)
