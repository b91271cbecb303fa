"""What the portal does by itself about vacancies: it opens one when a critical seat is empty, and proposes who took it."""

import datetime

from django.db import transaction

from hrportal.people.models import Position
from talent import events
from talent.models import Vacancy
from talent.notices import vacancies as notices
from talent.vacancies.finding import new_vacancies, taken_vacancies


@transaction.atomic
def find_vacancies(today: datetime.date) -> dict[str, int]:
    """Open and update vacancies as the directory says, tell those who work on them; how many of each.

    May run any number of times, and by several workers: they take turns at the seats.
    """
    empty = Position.objects.filter(succession_plan__is_active=True, incumbent=None).order_by("pk").values_list("pk")
    list(Position.objects.select_for_update().filter(pk__in=empty).order_by("pk"))
    opened = Vacancy.objects.bulk_create(new_vacancies(today))
    events.vacancies_opened(opened, by=None)
    changed = taken_vacancies()
    for vacancy in changed:
        Vacancy.objects.open().filter(pk=vacancy.pk).update(proposed=vacancy.proposed)
    taken = [vacancy for vacancy in changed if vacancy.proposed_id]
    events.vacancies_taken(taken, by=None)
    notices.vacancies_found(opened)
    notices.vacancies_taken(taken)
    return {"opened": len(opened), "taken": len(taken)}
