"""What a request was limited to, kept with the job it started: work in the background has the limits it was asked within."""

from collections.abc import Mapping
from typing import Any

from hrportal.common.paths import ids_of
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job
from hrportal.people.enums import Role
from hrportal.people.models import OrgUnit
from hrportal.people.viewer import Principal, Viewer


def limits_of(by: Principal) -> dict[str, Any]:
    """The scopes and units somebody asks within, as parameters of a job; None is no limit."""
    viewer = by.viewer
    return {
        "scopes": None if viewer.scopes is None else sorted(viewer.scopes),
        "units": None if viewer.client_units is None else [ids_of(path)[-1] for path in viewer.client_units],
    }


def compute_later(row: Any, kind: str, title: str, *, by: Principal, **params: Any) -> Job:
    """Have a row that was made for whoever asks filled in the background, within their limits."""
    job = start_job(kind, title, by=by, result_url=row.get_absolute_url(), **params, **limits_of(by))
    row.job_id = job.pk
    row.save(update_fields=["job_id"])
    return job


def client_within(params: Mapping[str, Any]) -> Viewer:
    """A client by itself, within the limits kept in a job's parameters; its units are where they are now."""
    units = params["units"]
    found = (
        None if units is None else OrgUnit.objects.filter(pk__in=units).order_by("path").values_list("path", flat=True)
    )
    return Viewer(
        roles=frozenset({Role.INTEGRATION}),
        scopes=frozenset(params["scopes"] or ()),
        client_units=None if found is None else tuple(found),
    )
