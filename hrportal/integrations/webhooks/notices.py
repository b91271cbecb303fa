"""What webhooks tell system administrators."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from hrportal.integrations.webhooks.letters import write_about
from hrportal.integrations.webhooks.models import Endpoint, Message
from hrportal.notices.catalogue import NoticeKind, notice_kind
from hrportal.notices.enums import MailRhythm
from hrportal.notices.sending import Message as Notice
from hrportal.notices.sending import notify
from hrportal.people.enums import Role
from hrportal.people.models import RoleGrant

DISABLED = notice_kind(
    "integrations.webhook_disabled",
    _("Nothing is sent to a webhook of %(client)s any more: see why and resume it"),
    when=_("The portal stopped sending to a webhook, because nothing was taken or the receiver is gone."),
    group=_("Integrations"),
    mail=MailRhythm.AT_ONCE,
)
GIVEN_UP = notice_kind(
    "integrations.webhook_given_up",
    _("A webhook of %(client)s refused an event to the last: look and send it again"),
    when=_("An event was tried for three days in vain, while others got through to the same webhook."),
    group=_("Integrations"),
)


def tell_disabled(endpoint: Endpoint) -> None:
    """At once, and by letter those who read no notices."""
    occasion = f"webhook-{endpoint.pk}-{endpoint.state_changed_at:%Y-%m-%dT%H:%M:%S}"
    _tell(DISABLED, endpoint, occasion, endpoint.get_absolute_url())
    write_about(endpoint)


def tell_given_up(message: Message) -> None:
    """Once a day for an endpoint, however many events it refuses."""
    occasion = f"webhook-{message.endpoint_id}-refused-{message.done_at:%Y-%m-%d}"
    _tell(GIVEN_UP, message.endpoint, occasion, message.get_absolute_url())


def _tell(kind: NoticeKind, endpoint: Endpoint, occasion: str, url: str) -> None:
    words = {"client": endpoint.client.name}
    notify(kind, [Notice(employee, occasion, url, words) for employee in _administrators()])


def _administrators() -> Iterable[int]:
    """System administrators who are somebody in the company, and so read notices."""
    grants = RoleGrant.objects.current().filter(role=Role.ADMIN, user__is_active=True, user__employee__isnull=False)
    return grants.values_list("user__employee", flat=True).distinct()
