"""Making one night: every table as it was at one moment, and how far the change feed had come by then."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone, translation

from hrportal.common.actions import ActionError
from hrportal.common.models import StoredFile
from hrportal.integrations.feeds import events
from hrportal.integrations.feeds.bi.tables import Table, scope_of
from hrportal.integrations.feeds.bi.writing import write_table
from hrportal.integrations.feeds.enums import RunState
from hrportal.integrations.feeds.models import BiExport, BiFile, BiRun
from hrportal.integrations.feeds.models.bi import reach_of
from hrportal.integrations.oauth.principals import ClientPrincipal, principal_of
from hrportal.journal.jobs import JobActor, report_progress
from hrportal.journal.models import Fact, Job

# The end of every scope that lets something be read.
READS = ":read"


def make_run(export: BiExport, job: Job) -> BiRun:
    """One night's files. Begun again after a crash, it leaves nothing of the attempt before."""
    _end_attempts_of(job)
    client = principal_of(export.client)
    run = BiRun.objects.create(
        export=export,
        job_id=job.pk,
        format=export.format,
        reach=reach_of(client.units),
        scopes=sorted(scope for scope in client.scopes if scope.endswith(READS)),
    )
    try:
        with translation.override(settings.LANGUAGE_CODE), _one_moment():
            _fill(run, client, job)
    except Exception as error:
        BiRun.objects.filter(pk=run.pk).update(state=RunState.FAILED, finished_at=timezone.now(), error=_words(error))
        raise
    return run


def drop_files(runs: Any) -> int:
    """Delete the files of these nights; that they were made stays in the journal."""
    files = BiFile.objects.filter(run__in=runs)
    stored = list(files.values_list("stored", flat=True))
    with transaction.atomic():
        files.delete()
        StoredFile.objects.filter(pk__in=stored).delete()
    return len(stored)


@contextmanager
def _one_moment() -> Iterator[None]:
    """On PostgreSQL all is read as it was at one moment, and is there only when it is whole. A file database has one
    writer: there the tables are read one after another, so that nobody else waits until the last."""
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _fill(run: BiRun, client: ClientPrincipal, job: Job) -> None:
    run.as_of = Fact.objects.aggregate(last=Max("position"))["last"] or 0
    opened = [table for table in run.export.tables if client.viewer.may_use(scope_of(table))]
    run.left_out = sorted(set(run.export.tables) - set(opened))
    for number, name in enumerate(opened):
        report_progress(job, number, len(opened))
        _write(run, Table(name, client))
    report_progress(job, len(opened), len(opened))
    run.state, run.finished_at = RunState.DONE, timezone.now()
    with transaction.atomic():
        run.save()
        events.bi_export_made(run, by=JobActor(job))


def _write(run: BiRun, table: Table) -> None:
    seen = 0

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal seen
        for row in table.rows():
            seen += 1
            yield row

    columns = table.columns
    stored = write_table(counted(), columns, run.format)
    BiFile.objects.create(run=run, table=table.name, rows=seen, columns=columns, stored=stored)


def _end_attempts_of(job: Job) -> None:
    begun = BiRun.objects.filter(job_id=job.pk, state=RunState.RUNNING)
    drop_files(begun)
    begun.update(state=RunState.FAILED, finished_at=timezone.now(), error="interrupted")


def _words(error: Exception) -> str:
    """An action's own words, else only the kind of failure."""
    return str(error.message)[:200] if isinstance(error, ActionError) else type(error).__name__
