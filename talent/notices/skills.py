"""What people are told about certificates. Never a level: the notice leads to where it is read."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import notice_kind
from hrportal.notices.sending import Message, notify
from talent.models import Certificate

GROUP = _("Skills")

EXPIRING = notice_kind(
    "talent.certificate_expiring",
    _("Your certificate “%(name)s” ends on %(day)s"),
    when=_("A certificate of yours ends within 90 days: once."),
    group=GROUP,
)
EXPIRING_BELOW = notice_kind(
    "talent.certificate_expiring_below",
    _("%(person)s: the certificate “%(name)s” ends on %(day)s"),
    when=_("A certificate of somebody who reports to you ends within 90 days: once."),
    group=GROUP,
)


def tell_expiring(certificates: Iterable[Certificate]) -> None:
    """Tell whoever holds each, and the person they report to."""
    rows = list(certificates)
    notify(EXPIRING, (_to_holder(row) for row in rows))
    notify(EXPIRING_BELOW, _to_managers(rows))


def _to_holder(row: Certificate) -> Message:
    url = reverse("talent:skill_own") + "#certificates"
    return Message(row.profile.employee_id, f"certificate-{row.pk}", url, _words(row))


def _to_managers(rows: Iterable[Certificate]) -> Iterator[Message]:
    for row in rows:
        person = row.profile.employee
        if person.manager_id:
            url = reverse("talent:skill_person", args=[person.pk]) + "#certificates"
            yield Message(person.manager_id, f"certificate-{row.pk}", url, _words(row) | {"person": person.name})


def _words(row: Certificate) -> dict[str, str]:
    return {"name": row.name, "day": row.expires_on.isoformat() if row.expires_on else ""}
