"""What people are told about their connection, and administrators about the portal's own."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import notice_kind
from hrportal.notices.enums import MailRhythm
from hrportal.notices.models import ChatConnection, Notice
from hrportal.notices.sending import Message, notify
from hrportal.people.enums import Role
from hrportal.people.models import RoleGrant

BROKEN = notice_kind(
    "notices.chat_broken",
    _("Notices no longer reach you in %(service)s and come by e-mail: see why"),
    when=_("Slack or Teams takes no messages for you any more."),
    group=_("Notices"),
    mail=MailRhythm.AT_ONCE,
)
PORTAL_REFUSED = notice_kind(
    "notices.slack_refused",
    _("Slack refuses the portal: look after its connection"),
    when=_("Slack does not accept the portal’s token any more."),
    group=_("Notices"),
    mail=MailRhythm.AT_ONCE,
)


def tell_broken(connection: ChatConnection) -> None:
    """Tell whose it is, once for each time it breaks."""
    occasion = f"chat-{connection.pk}-{timezone.now():%Y-%m-%dT%H:%M:%S}"
    words = {"service": connection.get_service_display()}
    notify(BROKEN, [Message(connection.employee_id, occasion, reverse("notices:settings_edit"), words)])


def settle_broken(connection: ChatConnection) -> None:
    """There is nothing left to do about what was told before."""
    told = Notice.objects.unread().filter(employee=connection.employee_id, kind=BROKEN.key)
    told.update(read_at=timezone.now())


def tell_portal_refused() -> None:
    """Tell administrators who read notices, once a day."""
    grants = RoleGrant.objects.current().filter(role=Role.ADMIN, user__is_active=True, user__employee__isnull=False)
    occasion, url = f"slack-{timezone.localdate()}", reverse("notices:chat_overview")
    employees = grants.values_list("user__employee", flat=True).distinct()
    notify(PORTAL_REFUSED, [Message(employee, occasion, url) for employee in employees])
