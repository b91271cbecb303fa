"""What happens to nightly exports. Whoever sets one up decides which tables; what is in them is the client's reach."""

from collections.abc import Collection

from allauth.idp.oidc.models import Client
from django.db import transaction
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, StaleVersion, checked
from hrportal.integrations.feeds import events
from hrportal.integrations.feeds.bi.tables import TABLES
from hrportal.integrations.feeds.models import BiExport
from hrportal.journal.enums import JobState
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor

MAKE_JOB = "feeds.make_bi_export"


@transaction.atomic
def create_bi_export(
    client: Client, *, by: Actor | None, tables: Collection[str], format: str, kept_days: int, is_on: bool = True
) -> BiExport:
    """Have a client get tables from the next night on."""
    if BiExport.objects.filter(client=client).exists():
        raise ActionError(_("This client has a nightly export already."), field="client")
    export = BiExport(client=client, tables=_known(tables), format=format, kept_days=kept_days, is_on=is_on)
    checked(export).save()
    events.bi_export_created(export, by=by)
    return export


@transaction.atomic
def change_bi_export(
    export: BiExport,
    *,
    by: Actor | None,
    version: int,
    tables: Collection[str],
    format: str,
    kept_days: int,
    is_on: bool,
) -> BiExport:
    """Change what the next nights hold, or whether there are any. Nights that were made stay as they are."""
    row = BiExport.objects.select_for_update(of=("self",)).select_related("client").get(pk=export.pk)
    if row.version != version:
        raise StaleVersion(_("Somebody else changed this export. Look at it again."), version=row.version)
    row.tables, row.format, row.kept_days, row.is_on = _known(tables), format, kept_days, is_on
    row.version += 1
    checked(row).save()
    events.bi_export_changed(row, by=by)
    return row


@transaction.atomic
def start_run(export: BiExport, *, by: Actor | None, night: str = "") -> Job:
    """Make the files now; for one night once."""
    row = BiExport.objects.select_for_update(of=("self",)).select_related("client").get(pk=export.pk)
    jobs = Job.objects.filter(kind=MAKE_JOB, params__export=row.pk)
    if night and (made := jobs.filter(params__night=night).first()):
        return made
    if jobs.filter(state__in=[JobState.QUEUED, JobState.RUNNING]).exists():
        raise ActionError(_("The files are being made. Wait until they are there."))
    title = _("Nightly export for %s") % row.client.name
    return start_job(MAKE_JOB, title, by=by, result_url=row.get_absolute_url(), export=row.pk, night=night)


def _known(tables: Collection[str]) -> list[str]:
    if unknown := sorted(set(tables) - set(TABLES)):
        raise ActionError(_("There is no table %s.") % ", ".join(unknown), field="tables")
    if not tables:
        raise ActionError(_("Choose at least one table."), field="tables")
    return [table for table in TABLES if table in set(tables)]
