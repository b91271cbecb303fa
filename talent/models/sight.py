"""Who sees talent data of others. Every `visible_to` of potential, pools, talent reviews, retention and succession is built of this."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q

from hrportal.people.viewer import NOBODY, Principal
from talent.enums import OpenTopic
from talent.models.openings import Opening


def others_talent(user: Principal, topic: OpenTopic, scope: str, prefix: str = "employee__") -> Q:
    """Rows about people whose talent data on a topic this user reads: HR for others, an executive for their part, managers
    for those below them where HR opened the topic; a client by its scope. Never rows about oneself.

    `prefix` leads from the row to its employee.
    """
    viewer = user.viewer
    if not viewer.may_use(scope):
        return NOBODY
    if viewer.is_client:
        return viewer.client_rows(prefix)
    opened = viewer.chain_below(prefix) & opened_units(topic, prefix) if viewer.path else NOBODY
    return (viewer.hr(prefix) | viewer.own_part(prefix) | opened) & viewer.others(prefix)


def opened_units(topic: OpenTopic, prefix: str) -> Q:
    """Rows in units for which HR opened the topic, asked within their own query; `prefix` leads to whatever has the unit,
    a person or a seat."""
    unit = ExpressionWrapper(OuterRef(f"{prefix}org_unit__path"), output_field=CharField())
    openings = Opening.objects.in_force().filter(topic=topic).annotate(unit_of_row=unit)
    return Q(Exists(openings.filter(unit_of_row__startswith=F("org_unit__path")).order_by()))
