"""What one wants for oneself: everybody's own page."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hrportal.common.access import access
from hrportal.common.http import PageRequest
from hrportal.common.pages import form_page
from hrportal.people.enums import Role
from hrportal.people.models import Employee
from talent import actions
from talent.actions.aspirations import EDITABLE
from talent.forms.aspirations import AspirationForm
from talent.models import Aspiration


@access(roles={Role.EMPLOYEE})
@require_http_methods(["GET", "HEAD", "POST"])
def aspiration_detail(request: PageRequest) -> HttpResponse:
    """What one has said, what one said before, and a form for saying something else."""
    me = Employee.objects.get(user=request.user)
    said = Aspiration.objects.visible_to(request.user).filter(employee=me).prefetch_related("jobs")
    current = next((row for row in said if row.valid_to is None), None)
    initial = {name: getattr(current, name) for name in EDITABLE} if current else {}
    if current:
        initial["jobs"] = current.jobs.all()
    return form_page(
        request,
        AspirationForm(request.POST or None, initial=initial),
        lambda typed: actions.state_aspiration(me, by=request.user, **typed),
        done=_("Saved. It holds from today."),
        back=reverse("talent:aspiration_detail"),
        template="talent/aspiration_detail.html",
        current=current,
        earlier=[row for row in said if row.valid_to is not None],
    )
