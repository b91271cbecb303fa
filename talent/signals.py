"""What happens in talent on a fact of people: a seat may have fallen vacant or been taken.

The rows are read as they are now, so that a fact that comes late or twice finds nothing more to do.
"""

from collections.abc import Sequence

from django.utils import timezone

from hrportal.journal.models import Fact
from hrportal.journal.subscribers import subscribe
from talent.actions.vacancy_finding import find_vacancies

MOVES = ("people.import_finished", "people.employment_ended")


def connect() -> None:
    """Hear of imports and of leavers; a single move is found the same day by the daily job, and costs no delivery."""
    for topic in MOVES:
        subscribe(topic, "talent.vacancies", look_for_vacancies)


def look_for_vacancies(facts: Sequence[Fact]) -> None:
    """Open vacancies of seats nobody sits on any longer, and propose who took those that are open."""
    find_vacancies(timezone.localdate())
