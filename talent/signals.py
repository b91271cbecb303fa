"""What happens in talent on a fact of people: a seat may have fallen vacant or been taken, a mentor or mentee may be gone.

The rows are read as they are now, so that a fact that comes late or twice finds nothing more to do.
"""

from collections.abc import Sequence

from django.utils import timezone

from hrportal.journal.models import Fact
from hrportal.journal.subscribers import subscribe
from talent.actions.mentoring import end_mentorings_of_leavers
from talent.actions.vacancy_finding import find_vacancies

MOVES = ("people.import_finished", "people.employment_ended")


def connect() -> None:
    """Hear of imports and of leavers; a single move is found the same day by the daily job, and costs no delivery."""
    for topic in MOVES:
        subscribe(topic, "talent.vacancies", look_for_vacancies)
    subscribe("people.employment_ended", "talent.end_mentorings", end_mentorings)


def look_for_vacancies(facts: Sequence[Fact]) -> None:
    """Open vacancies of seats nobody sits on any longer, and propose who took those that are open."""
    find_vacancies(timezone.localdate())


def end_mentorings(facts: Sequence[Fact]) -> None:
    """End the mentorings of people who have left."""
    end_mentorings_of_leavers(fact.subject_id for fact in facts)
