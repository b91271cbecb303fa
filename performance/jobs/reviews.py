"""Daily work on single reviews."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day
from performance.enums import ReviewState
from performance.models import Review
from performance.notices.reviews import remind_to_acknowledge, tell_not_acknowledged


@every_day("performance.remind_to_acknowledge", _("Reminding of answers to shared reviews"))
@transaction.atomic
def remind_of_answers(job: Job) -> dict[str, Any]:
    """Remind employees of shared reviews they have not answered, and tell reviewer and HR once it is late."""
    shared = Review.objects.filter(state=ReviewState.SHARED).with_people()
    return {"reminded": remind_to_acknowledge(shared), "late": tell_not_acknowledged(shared)}
