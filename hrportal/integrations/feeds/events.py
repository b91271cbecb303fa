"""Every fact about feeds. No address and no hash is in any."""

from hrportal.integrations.feeds.models import BiExport, BiFile, BiRun, CalendarLink
from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, record


def calendar_link_made(link: CalendarLink, *, by: Actor | None) -> Fact:
    return record("feeds.calendar_link_made", link, by=by, person_id=link.user.employee_id)


def calendar_link_ended(link: CalendarLink, *, by: Actor | None) -> Fact:
    return record("feeds.calendar_link_ended", link, by=by, person_id=link.user.employee_id)


def bi_export_created(export: BiExport, *, by: Actor | None) -> Fact:
    return record("feeds.bi_export_created", export, by=by, version=export.version, data={"tables": export.tables})


def bi_export_changed(export: BiExport, *, by: Actor | None) -> Fact:
    data = {"tables": export.tables, "is_on": export.is_on}
    return record("feeds.bi_export_changed", export, by=by, version=export.version, data=data)


def bi_export_made(run: BiRun, *, by: Actor | None) -> Fact:
    data = {"export": run.export_id, "rows": dict(run.files.values_list("table", "rows"))}
    return record("feeds.bi_export_made", run, by=by, data=data)


def bi_file_taken(file: BiFile, *, by: Actor | None) -> Fact:
    return record("feeds.bi_file_taken", file, by=by, data={"run": file.run_id, "table": file.table})
