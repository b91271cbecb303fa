"""How the plans of those HR looks after stand."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hrportal.common.access import access
from hrportal.common.http import PageRequest, render_list
from hrportal.common.paging import window
from hrportal.people.enums import HR_ROLES
from talent.development import overview
from talent.development_lists import ITEMS
from talent.filters import PlanItemFilter
from talent.models import PlanItem
from talent.views.tabs import development_tabs


@access(roles=HR_ROLES)
@require_safe
def plan_overview(request: PageRequest) -> HttpResponse:
    """Figures of all plans HR sees, and the items behind one of them (`show`)."""
    today = timezone.localdate()
    show = request.GET.get("show", "")
    found = PlanItemFilter(request.GET, _shown(request, show), request=request)
    unit = found.form.cleaned_data.get("unit") if found.is_valid() else None
    page = window(request, found.qs, ITEMS)
    context = {
        "filter": found,
        "page": page,
        "rows": [{"item": item, "origin": item.origin_for(request.user)} for item in page.rows],
        "show": show if show in KINDS else "",
        "kinds": KINDS.items(),
        "standing": overview.standing(request.user, today, unit.path if unit else ""),
        "today": today,
        "tabs": development_tabs(request.user, "talent:plan_overview"),
    }
    return render_list(request, "talent/plan_overview.html", context, part="rows")


KINDS = {
    "": _("All open items"),
    "without_action": _("Without an action"),
    "overdue": _("Overdue"),
    "ready": _("Ready to assess"),
    "below_target": _("Still below target"),
    "ended": _("Ended within a year"),
}


def _shown(request: PageRequest, show: str) -> QuerySet[PlanItem]:
    rows = overview.items_shown(request.user, show, timezone.localdate())
    return rows.select_related("plan__employee__job", "plan__employee__org_unit", "competency").order_by("due_on", "id")
