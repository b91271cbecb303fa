"""What jobs ask for, as their role profiles say."""

from collections import defaultdict
from collections.abc import Collection

from hrportal.people.models import RoleProfileEntry
from talent.enums import ProfileDay
from talent.scores.fit import Demand

COLUMNS = {ProfileDay.TODAY: "level_today", ProfileDay.IN_24_MONTHS: "level_in_24_months"}


def demands_of(job_ids: Collection[int | None], when: str = ProfileDay.TODAY) -> dict[int, list[Demand]]:
    """What each of these jobs asks for, by job, in the order of the competencies' names; one query.

    A competency that was archived, and one for which the profile names no level, is not asked for.
    """
    column = COLUMNS[ProfileDay(when)]
    asked = RoleProfileEntry.objects.filter(
        job__in={pk for pk in job_ids if pk}, competency__is_active=True, **{f"{column}__isnull": False}
    )
    rows = asked.order_by("competency__name", "competency").values_list("job", "competency", column, "importance")
    demands: dict[int, list[Demand]] = defaultdict(list)
    for job, competency, required, importance in rows:
        demands[job].append(Demand(competency, required, importance))
    return dict(demands)
