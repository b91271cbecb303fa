"""States of mentoring."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MentoringState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ACTIVE = "active", _("Under way")
    ENDED = "ended", _("Ended")
    DECLINED = "declined", _("Not taken up")


STANDING = (MentoringState.PROPOSED, MentoringState.ACTIVE)
