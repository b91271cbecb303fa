"""Words of nightly exports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TableFormat(models.TextChoices):
    """How the rows of a table are written."""

    NDJSON = "ndjson", _("One JSON object on each line (NDJSON)")
    CSV = "csv", _("Comma-separated values (CSV)")


class RunState(models.TextChoices):
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
