"""Who reads what of one person's talent data, in words: the sentences of `visible_to`, told about this person."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hrportal.common.paths import ids_of
from hrportal.people.enums import Role
from hrportal.people.models import Employee, RoleGrant
from hrportal.people.viewer import Principal
from talent.enums import OpenTopic
from talent.models import Opening


@dataclass(frozen=True)
class Reader:
    """One kind of reader: who they are, by name where there are few, and what they read."""

    who: str
    names: list[str]
    reads: str


def readers_of(employee: Employee, user: Principal) -> list[Reader]:
    """Everybody who reads something of this person; three queries. What HR opened to managers is told to HR alone."""
    units = ids_of(employee.org_unit.path) if employee.org_unit else []
    above = list(Employee.objects.filter(pk__in=employee.manager_ids).order_by("path"))
    return [
        Reader(
            _("The person"), [], _("Never this page. Their plan, shared skills and own wishes on pages of their own.")
        ),
        Reader(_("Managers above"), [person.name for person in above], _managers_read(units, user)),
        Reader(_("HR partners of the unit"), _partners(employee, units), _("Everything.")),
        Reader(_("HR leaders"), [], _("Everything.")),
        Reader(_("Executives of this part"), [], _("Everything but aspirations that were not shared.")),
        Reader(_("Raters of potential"), [], _("What they wrote themselves, and nothing of the others before that.")),
    ]


def _managers_read(units: list[int], user: Principal) -> str:
    base = _("Ratings, skills and the plan; aspirations where the person shares them; more only where HR opens it.")
    if not user.viewer.is_hr:
        return base
    opened = set(Opening.objects.in_force().filter(org_unit__in=units).values_list("topic", flat=True))
    topics = [str(topic.label) for topic in OpenTopic if topic in opened]
    said = ", ".join(topics) if topics else _("nothing")
    return " ".join([base, _("Open now: %s.") % said])


def _partners(employee: Employee, units: list[int]) -> list[str]:
    grants = RoleGrant.objects.current().filter(role=Role.HRBP, org_unit__in=units).exclude(user__employee=None)
    partners = Employee.objects.filter(pk__in=grants.values("user__employee")).exclude(pk=employee.pk)
    return [person.name for person in partners]
