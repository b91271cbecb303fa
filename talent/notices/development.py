"""What people are told about development plans."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrportal.journal.recording import Actor
from hrportal.notices.catalogue import notice_kind
from hrportal.notices.sending import Message, notify
from hrportal.people.acting import acting_id
from talent.models import PlanItem

GROUP = _("Development")

ITEM_ADDED = notice_kind(
    "talent.plan_item_added",
    _("Something new stands in your development plan: read it"),
    when=_("Somebody else writes an item into your plan."),
    group=GROUP,
)
READY_TO_ASSESS = notice_kind(
    "talent.plan_item_ready",
    _("%(person)s has done all that was agreed about an item of their plan: assess it again"),
    when=_("The last action of an item that builds a competency is done."),
    group=GROUP,
)


def tell_item_added(item: PlanItem, *, by: Actor | None) -> None:
    """The person, unless they wrote it themselves."""
    person = item.plan.employee_id
    if acting_id(by) != person:
        notify(ITEM_ADDED, [Message(person, f"item-{item.pk}", item_url(item))])


def tell_ready_to_assess(item: PlanItem, *, by: Actor | None) -> None:
    """The manager, unless they just said so themselves."""
    employee = item.plan.employee
    if employee.manager_id and acting_id(by) != employee.manager_id:
        words = {"person": employee.name}
        notify(READY_TO_ASSESS, [Message(employee.manager_id, f"item-{item.pk}", item_url(item), words)])


def item_url(item: PlanItem) -> str:
    """Where an item stands in its plan."""
    return f"{reverse('talent:plan_detail', args=[item.plan_id])}#item-{item.pk}"
