"""What the API does once a day."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hrportal.common.idempotency import forget_old_answers
from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day


@every_day("integrations.forget_answers", _("Forgetting the answers kept for repeated API requests"))
def forget_answers(job: Job) -> dict[str, Any]:
    """Delete what is older than an Idempotency-Key is remembered."""
    return {"forgotten": forget_old_answers()}
