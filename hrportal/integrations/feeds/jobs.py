"""Background work of feeds: the nightly exports, and clearing away those of long ago."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.common.actions import ActionError
from hrportal.integrations.feeds.actions.bi import MAKE_JOB, start_run
from hrportal.integrations.feeds.bi.making import drop_files, make_run
from hrportal.integrations.feeds.models import BiExport, BiRun
from hrportal.journal.jobs import job_kind
from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day


@every_day("feeds.bi_exports", _("Nightly exports for data warehouses"))
def make_bi_exports(job: Job) -> dict[str, Any]:
    """Start the night of every export that is on, and clear away what was kept long enough."""
    night, begun = timezone.localdate().isoformat(), 0
    for export in BiExport.objects.due():
        try:
            start_run(export, by=None, night=night)
        except ActionError:
            continue  # somebody had it made a moment ago
        begun += 1
    return {"begun": begun, "cleared": sum(_clear(export) for export in BiExport.objects.all())}


@job_kind(MAKE_JOB)
def make_bi_export(job: Job) -> dict[str, Any]:
    """Make one night of one export."""
    export = BiExport.objects.select_related("client").filter(pk=job.params["export"]).first()
    if export is None:
        return {"run": None}
    return {"run": make_run(export, job).pk}


def _clear(export: BiExport) -> int:
    """Drop nights that were kept long enough, with their files."""
    old = BiRun.objects.filter(export=export, started_at__lt=timezone.now() - timedelta(days=export.kept_days))
    drop_files(old)
    return old.delete()[0]
