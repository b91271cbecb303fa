"""What talent has for a one-to-one: the open items of the employee's development plan, as far as both of the two see them."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hrportal.people.slots import provide
from hrportal.people.viewer import Principal
from performance.models import OneToOne
from performance.one_to_ones.talking_points import MOST, TalkingPoint
from talent.enums import ItemState
from talent.models import PlanItem


def connect() -> None:
    """Fill the slot that performance offers."""
    provide("performance.talking_points", plan_points)


def plan_points(*, user: Principal, one_to_one: OneToOne) -> list[TalkingPoint]:
    """Shared open items of the plan. What the employee does not see yet is kept from the table of both."""
    items = PlanItem.objects.visible_to(user).filter(
        plan__employee=one_to_one.employee_id, state=ItemState.OPEN, shared_at__isnull=False
    )
    items = items.prefetch_related("check_ins")
    return [
        TalkingPoint(
            key=f"plan-{item.pk}",
            title=_("Development: %s") % item.title,
            why=_standing(item),
            url=reverse("talent:plan_detail", args=[item.plan_id]),
            icon="graph-up-arrow",
        )
        for item in items[:MOST]
    ]


def _standing(item: PlanItem) -> str:
    """What was last noted about it in the plan, which both of the two read there."""
    latest = next(iter(item.check_ins.all()), None)
    if latest is None:
        return _("open in the development plan")
    on = date_format(latest.on, "SHORT_DATE_FORMAT")
    if latest.progress is None:
        return _("last check-in on %s") % on
    return _("last check-in on %(on)s: %(progress)d %%") % {"on": on, "progress": latest.progress}
