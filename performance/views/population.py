"""Who is in a cycle, who is not and why; and who is in no cycle at all."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import step
from hrportal.common.paging import window
from hrportal.people.enums import HR_ROLES
from performance import actions, cycle_lists
from performance.filters import PopulationFilter
from performance.forms.cycles import ExemptionForm
from performance.models import ReviewExemption
from performance.views.cycles import cycle_for, done, form_view


@access(roles=HR_ROLES)
@require_safe
def cycle_population(request: PageRequest, pk: int) -> HttpResponse:
    """The people of a cycle as of now, or those left out, with the one reason each."""
    cycle = cycle_for(request, pk, "performance.preview_population")
    data = request.GET.copy()
    data.setdefault("show", "in")
    found = PopulationFilter(data, queryset=cycle_lists.people_of(cycle), request=request)
    data["cycle"] = str(pk)
    context = {
        "cycle": cycle,
        "filter": found,
        "page": window(request, found.qs, cycle_lists.POPULATION, query=data),
    }
    return render_list(request, "performance/cycle_population.html", context)


@access(roles=HR_ROLES)
@require_safe
def exemption_list(request: PageRequest) -> HttpResponse:
    """Who is in no cycle, why, and until when."""
    page = window(request, cycle_lists.exemptions(request.user, request.GET), cycle_lists.EXEMPTIONS)
    return render(request, "performance/exemption_list.html", {"page": page})


@access(roles=HR_ROLES)
@form_view
def exemption_create(request: PageRequest) -> HttpResponse:
    """Leave somebody out of all cycles."""
    form = ExemptionForm(request.POST or None, user=request.user)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(request, form, lambda: actions.exempt_from_reviews(by=request.user, **form.cleaned_data))
    ):
        return redirect("performance:exemption_list")
    return render(request, "performance/exemption_form.html", {"form": form}, status=422 if form.errors else 200)


@access(roles=HR_ROLES)
@require_POST
def exemption_end(request: PageRequest, pk: int) -> HttpResponse:
    """Let somebody be in cycles again."""
    rows: Any = ReviewExemption.objects.select_related("employee__org_unit")
    exemption = get_for_user(rows, request.user, "performance.end_exemption", pk=pk)
    return step(
        request,
        lambda: actions.end_exemption(exemption, by=request.user),
        done=_("This person is in the cycles to come again."),
        back=reverse("performance:exemption_list"),
    )
