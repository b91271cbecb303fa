"""What HR opens to managers: the list of it, opening and closing."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import form_page, step
from hrportal.common.paging import window
from hrportal.people.enums import HR_ROLES, Role
from talent import actions
from talent.forms.openings import OpeningForm
from talent.models import Opening
from talent.overview.lists import OPENINGS


@access(roles=HR_ROLES)
@require_safe
def opening_list(request: PageRequest) -> HttpResponse:
    """What managers see of whom, since when and why; what is open first."""
    openings = Opening.objects.visible_to(request.user).with_people()
    in_force = openings.in_force()
    context = {
        "in_force": in_force,
        "page": window(request, openings.exclude(closed_at=None).order_by("-closed_at", "-pk"), OPENINGS),
        "may_open": request.user.has_perm("talent.open_topic"),
    }
    return render_list(request, "talent/opening_list.html", context, part="rows")


@access(roles={Role.HR_LEADER})
@require_http_methods(["GET", "POST"])
def topic_open(request: PageRequest) -> HttpResponse:
    return form_page(
        request,
        OpeningForm(request.POST or None, initial={"topic": request.GET.get("topic", "")}),
        lambda typed: actions.open_topic(by=request.user, **typed),
        done=_("It is open. Managers of the unit see it of the people below them."),
        back=reverse("talent:opening_list"),
        back_label=_("Open to managers"),
        title=_("Open talent data to managers"),
        lead=_("Managers see it of the people below them, never of themselves; until it is closed again."),
        submit=_("Open"),
    )


@access(roles={Role.HR_LEADER})
@require_POST
def topic_close(request: PageRequest, pk: int) -> HttpResponse:
    opening = get_for_user(Opening.objects.with_people(), request.user, "talent.close_topic", pk=pk)
    return step(
        request,
        lambda: actions.close_topic(opening, by=request.user),
        done=_("It is closed. Managers no longer see it."),
        back=reverse("talent:opening_list"),
    )
