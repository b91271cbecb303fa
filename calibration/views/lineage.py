"""From a rating in a talent profile back to where it comes from."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calibration.lineage import steps_of
from hrportal.common.access import access
from hrportal.common.http import PageRequest
from talent.models import CalibratedRating, TalentProfile


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
