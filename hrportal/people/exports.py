"""Taking lists away. A room says once which rows and columns a list has; page, API and job write the same file.

The rows are asked for with `visible_to` for whoever exports, at the moment of writing; every cell is what that reader
sees on the page. Each export is a fact, whichever door it came through.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any, TypeVar

import rules
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.common.batches import batched
from hrportal.common.exports import WRITERS, Column, ListFile, write_list, write_list_to
from hrportal.common.models import StoredFile
from hrportal.common.numbers import is_number
from hrportal.common.paths import ids_of
from hrportal.common.stored import StoredWriter, clear_unfinished
from hrportal.journal.jobs import JobActor, job_kind, report_progress, start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor, Identity, record
from hrportal.journal.schedule import every_day
from hrportal.people.limits import client_within, limits_of
from hrportal.people.models import ListExport, User
from hrportal.people.models.exports import KEPT
from hrportal.people.viewer import Principal, Viewer

JOB = "people.export_list"
# Up to here a file is written while its reader waits.
MOST_AT_ONCE = 2000
CHUNK = 1000

RowsT = TypeVar("RowsT", bound=QuerySet[Any])


@dataclass(frozen=True)
class ListKind:
    """A list that can be taken away. `rows` are asked for with a reader and the filters of the page's URL.

    `in_person` are lists of pages that no scope opens: nobody takes them away through a client that acts for them.
    `scope` is what a client needs where the rows themselves do not ask for any.
    """

    name: str
    title: Promise | str
    columns: Callable[[], Sequence[Column]]
    rows: Callable[[Principal, QueryDict], Any]
    roles: frozenset[str] = frozenset()
    in_person: bool = False
    scope: str = ""

    def is_open_to(self, user: Principal) -> bool:
        """Whether this list is one of the reader's pages at all."""
        viewer = user.viewer
        if self.in_person and viewer.scopes is not None:
            return False
        if self.scope and not viewer.may_use(self.scope):
            return False
        return not self.roles or bool(self.roles & viewer.roles)


@dataclass(frozen=True)
class Reader:
    """Whoever asked for something, while a job makes it: their rights of now, within the scopes they asked with."""

    viewer: Viewer
    journal_identity: Identity

    is_authenticated = True
    is_anonymous = False
    is_active = True

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return rules.has_perm(perm, self, obj)


_kinds: dict[str, ListKind] = {}


def list_kind(kind: ListKind) -> ListKind:
    """Let a list be taken away. Raises ValueError when two share a name."""
    if _kinds.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"two lists are named {kind.name}")
    return kind


def kind_named(name: str) -> ListKind | None:
    """The list behind a name."""
    return _kinds.get(name)


def all_list_kinds() -> list[ListKind]:
    """Every list that can be taken away, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def filtered(
    filterset_class: Callable[..., Any], query: QueryDict, rows: QuerySet[Any], user: Principal
) -> QuerySet[Any]:
    """The rows a page's filter leaves. A filter that makes no sense is refused: a file must not hold more than was meant."""
    found: Any = filterset_class(query, queryset=rows, request=SimpleNamespace(user=user))
    if not found.is_valid():
        raise ActionError(_("A filter of this list makes no sense. Correct it on the page first."))
    return found.qs


def named_in(query: QueryDict, name: str, rows: QuerySet[Any]) -> Any:
    """The row whose id the page's URL names (`pool=7`), among those the reader sees; None where it names none of them."""
    number = query.get(name, "")
    return rows.filter(pk=int(number)).first() if is_number(number) else None


def of_named(query: QueryDict, name: str, parents: QuerySet[Any], rows: RowsT, *, field: str = "") -> RowsT:
    """The rows that belong to what the page's URL names (`pool=7`): all where it names nothing, none where it names what the
    reader does not see. `field` leads from the row to it, where it is not called the same."""
    if name not in query:
        return rows
    parent = named_in(query, name, parents)
    return rows.filter(**{field or name: parent.pk}) if parent else rows.none()


class Portions:
    """Lines that rest on more than a row: read in portions, so that what is looked up beside the rows is looked up once for
    many of them, and a long list never lies in memory whole. How long it is says the number of rows."""

    def __init__(self, rows: QuerySet[Any], lines: Callable[[list[Any]], Iterable[Any]]) -> None:
        self.rows, self.lines = rows, lines

    def __len__(self) -> int:
        return self.rows.count()

    def __iter__(self) -> Iterator[Any]:
        for portion in batched(self.rows.iterator(chunk_size=CHUNK), CHUNK):
            yield from self.lines(portion)


def export_list(kind: ListKind, *, by: Principal, query: QueryDict, format: str) -> ListFile | Job:
    """The list as a file; of a long one, the job that writes it."""
    _check(format)
    rows = kind.rows(by, query)
    if _is_long(rows):
        return export_later(kind, by=by, query=query, format=format)
    return _written(kind, rows, _begun(kind, by, format), by)


@transaction.atomic
def export_later(kind: ListKind, *, by: Principal, query: QueryDict, format: str) -> Job:
    """Have the file written in the background; its owner finds it at the job's end."""
    _check(format)
    export = _begun(kind, by, format)
    export.save()
    job = start_job(
        JOB,
        str(kind.title),
        by=by,
        result_url=export.get_absolute_url(),
        export=export.pk,
        query=query.urlencode(),
        language=translation.get_language() or settings.LANGUAGE_CODE,
        **_reach_of(by),
    )
    ListExport.objects.filter(pk=export.pk).update(job_id=job.pk)
    return job


def may_still_read(export: ListExport, by: Principal) -> bool:
    """Whether somebody still has every right they asked for a file with: with fewer it would hold less."""
    kind = kind_named(export.list_name)
    if kind is None or not kind.is_open_to(by):
        return False
    job = Job.objects.filter(pk=export.job_id).first() if export.job_id else None
    then, now = job.params if job else {}, _reach_of(by)
    return all(_holds(now[name], then[name]) for name in now if name in then)


def _reach_of(by: Principal) -> dict[str, Any]:
    """How far somebody sees: within which limits, in which roles and over which units."""
    viewer = by.viewer
    over = {ids_of(path)[-1] for path in (*viewer.partner_units, *viewer.executive_units)}
    return {**limits_of(by), "roles": sorted(viewer.roles), "over": sorted(over)}


def _holds(now: Sequence[Any] | None, then: Sequence[Any] | None) -> bool:
    """Whether all of these are there still; None is no limit."""
    return now is None or (then is not None and set(then) <= set(now))


@job_kind(JOB)
def write_export(job: Job) -> dict[str, Any]:
    """Write a long list for whoever asked, with the rights they have now. A repeat writes it anew."""
    export = ListExport.objects.select_related("user").get(pk=job.params["export"])
    kind = _kinds[export.list_name]
    reader = reader_of(job, export.user)
    if not kind.is_open_to(reader):
        raise ActionError(_("This list is no longer one of your pages."))
    with translation.override(job.params["language"]):
        rows = _Count(kind.rows(reader, QueryDict(job.params["query"])))
        file = _stored(kind, _counted(job, rows), export.format)
        _keep(kind, export, rows.seen, file, JobActor(job))
    return {"export": export.pk, "bytes": file.size}


@every_day("people.clear_exports", _("Clearing away files that were not fetched"))
def clear_exports(job: Job) -> dict[str, Any]:
    """Delete the files of a week ago, and what was never written to its end; that they were made stays known."""
    old = ListExport.objects.exclude(file=None).filter(made_at__lt=timezone.now() - KEPT)
    files = list(old.values_list("file", flat=True))
    StoredFile.objects.filter(pk__in=files).delete()
    return {"files": len(files), "unfinished": clear_unfinished()}


def _check(format: str) -> None:
    if format not in WRITERS:
        raise ActionError(_("A list can be taken away as %s.") % ", ".join(WRITERS), field="format")


def _is_long(rows: Any) -> bool:
    return rows[: MOST_AT_ONCE + 1].count() > MOST_AT_ONCE if isinstance(rows, QuerySet) else len(rows) > MOST_AT_ONCE


def _begun(kind: ListKind, by: Principal, format: str) -> ListExport:
    identity = by.journal_identity
    return ListExport(
        list_name=kind.name, format=format, user_id=by.viewer.user_id or None, client_id=identity.client_id
    )


def _written(kind: ListKind, rows: Any, export: ListExport, by: Actor | None) -> ListFile:
    """The file of a short list, and the fact that it was taken away."""
    counted = _Count(rows)
    _room, _dot, name = kind.name.partition(".")
    file = write_list(
        kind.columns(), counted, title=str(kind.title), name=f"{name}-{timezone.localdate()}", format=export.format
    )
    _keep(kind, export, counted.seen, None, by)
    return file


def _stored(kind: ListKind, rows: Iterable[Any], format: str) -> StoredFile:
    """The file of a long list, kept part by part as it is written; of one that fails nothing is kept."""
    with StoredWriter(WRITERS[format][1]) as stored:
        write_list_to(stored, kind.columns(), rows, title=str(kind.title), format=format)
        return stored.finish()


@transaction.atomic
def _keep(kind: ListKind, export: ListExport, seen: int, file: StoredFile | None, by: Actor | None) -> None:
    """Note what was taken away, in the transaction of its fact. A file of an attempt before gives way."""
    if export.file_id:
        StoredFile.objects.filter(pk=export.file_id).delete()
    export.rows, export.file, export.made_at = seen, file, timezone.now()
    export.save()
    data = {"list": kind.name, "rows": seen, "format": export.format}
    record(f"{kind.name.partition('.')[0]}.list_exported", export, by=by, data=data)


class _Count:
    """Rows, counted as they go by; of a queryset read in chunks, so that a long list never lies in memory whole."""

    def __init__(self, rows: Any) -> None:
        self.rows, self.seen = rows, 0

    def __iter__(self) -> Iterator[Any]:
        rows = self.rows.iterator(chunk_size=CHUNK) if isinstance(self.rows, QuerySet) else self.rows
        for row in rows:
            self.seen += 1
            yield row

    def total(self) -> int:
        """How many there are."""
        return self.rows.count() if isinstance(self.rows, QuerySet) else len(self.rows)


def _counted(job: Job, rows: _Count) -> Iterable[Any]:
    """The same rows, telling the job's reader how many are written."""
    total = rows.total()
    for number, row in enumerate(rows, start=1):
        if number % CHUNK == 0:
            report_progress(job, number, total)
        yield row
    report_progress(job, total, total)


def reader_of(job: Job, user: User | None) -> Reader:
    """Whoever asked for a job, with the rights of now, within the limits they asked with."""
    scopes, identity = job.params["scopes"], JobActor(job).journal_identity
    if user is None:
        return Reader(client_within(job.params), identity)
    return Reader(replace(_rights_of(user), scopes=None if scopes is None else frozenset(scopes)), identity)


def _rights_of(user: User) -> Viewer:
    if not user.is_active:
        raise ActionError(_("The account was closed."))
    return user.viewer
