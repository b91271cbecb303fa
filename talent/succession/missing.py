"""What a successor misses most for a role, to begin with. For a decision: it asks everything that is known, whoever decides."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hrportal.people.models import Competency
from talent.models import HeldExperience, RoleExperience, Successor
from talent.scores.fit import FitLine, fit_of
from talent.skills.counting import levels_that_count, plain
from talent.skills.demands import demands_of

MOST = 3


@dataclass(frozen=True)
class Missing:
    """One thing to develop, in words that do not say for which role."""

    title: str
    competency_id: int | None = None
    target_level: int | None = None


def missing_most(successor: Successor) -> list[Missing]:
    """Up to three: the gaps that weigh most, then experiences, then levels nobody assessed. Five queries."""
    job_id, employee_id = successor.plan.position.job_id, successor.employee_id
    demands = demands_of([job_id]).get(job_id, []) if job_id else []
    levels = plain(levels_that_count([employee_id]).get(employee_id, {}))
    fit = fit_of(demands, levels)
    lines = fit.lines if fit else ()
    names = Competency.objects.in_bulk([line.demand.competency_id for line in lines])
    gaps = sorted((line for line in lines if line.gap), key=lambda line: (-(line.lost or 0), line.demand.competency_id))
    unknown = [line for line in lines if line.have is None]
    found = [_gap(line, names) for line in gaps] + _experiences(job_id, employee_id)
    return (found + [_unknown(line, names) for line in unknown])[:MOST]


def _gap(line: FitLine, names: dict[int, Competency]) -> Missing:
    demand = line.demand
    title = _("%(competency)s: to level %(level)d") % {
        "competency": names[demand.competency_id].name,
        "level": demand.required,
    }
    return Missing(title, demand.competency_id, demand.required)


def _unknown(line: FitLine, names: dict[int, Competency]) -> Missing:
    pk = line.demand.competency_id
    return Missing(_("%s: find out which level it is") % names[pk].name, pk)


def _experiences(job_id: int | None, employee_id: int) -> list[Missing]:
    """Those of which it is known that the person has not got them."""
    if job_id is None:
        return []
    lacking = HeldExperience.objects.filter(employee=employee_id, is_held=False).values("experience")
    asked = RoleExperience.objects.filter(job=job_id, experience__in=lacking).order_by("experience__name")
    return [Missing(_("Gain experience: %s") % name) for name in asked.values_list("experience__name", flat=True)]
