"""What is no longer needed of the clients' requests goes once a day."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.integrations.scim.limits import REQUESTS_KEPT_DAYS
from hrportal.integrations.scim.models import ScimRequest
from hrportal.journal.schedule import every_day


@every_day("scim.forget_requests", _("Forget old SCIM requests"))
def forget_requests(*args: Any) -> dict[str, Any]:
    """Delete the notes of requests older than a month."""
    before = timezone.now() - datetime.timedelta(days=REQUESTS_KEPT_DAYS)
    deleted, _by_model = ScimRequest.objects.filter(made_at__lt=before).delete()
    return {"deleted": deleted}
