"""What happens to vacancies once a day."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day
from talent.actions.vacancy_finding import find_vacancies


@every_day("talent.find_vacancies", _("Finding critical roles that fell vacant or were taken"))
def find(job: Job) -> dict[str, Any]:
    """Open vacancies of critical seats nobody sits on, and propose who took those that are open."""
    return find_vacancies(timezone.localdate())
