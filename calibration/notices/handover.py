"""What HR leaders are told about the bridge. Whose hand-over it is about is on the page, for those who may see it there."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from calibration.models import Difference, Reconciliation
from hrportal.notices.catalogue import notice_kind
from hrportal.notices.sending import Message, notify
from hrportal.people.enums import Role
from hrportal.people.models import RoleGrant, User

DIFFERENT = notice_kind(
    "calibration.sides_differ",
    _("The hand-over from reviews to talent has differences: look at them and hand over again"),
    when=_("The nightly comparison of both sides finds something missing, wrong or too much."),
    group=_("Calibration"),
)


def tell_leaders(reconciliation: Reconciliation) -> None:
    """Tell each HR leader who would find a difference there; nobody learns from a notice of one about themselves."""
    grants = RoleGrant.objects.current().filter(role=Role.HR_LEADER, user__is_active=True, user__employee__isnull=False)
    url = reverse("calibration:reconciliation_list")
    found = Difference.objects.standing().filter(reconciliation=reconciliation)
    notify(
        DIFFERENT,
        [
            Message(user.employee_id, f"comparison-{reconciliation.pk}", url)
            for user in User.objects.filter(pk__in=grants.values("user")).order_by("pk")
            if user.employee_id and found.visible_to(user).exists()
        ],
    )
