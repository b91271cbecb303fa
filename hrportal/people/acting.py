"""Who acts, as an employee."""

from hrportal.journal.recording import Actor


def acting_id(by: Actor | None) -> int | None:
    """The employee behind `by`; None for the system, for clients and for jobs."""
    viewer = getattr(by, "viewer", None)
    return viewer.employee_id if viewer else None
