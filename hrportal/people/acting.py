"""Who acts, as an employee."""

from typing import Any


def acting_id(by: Any) -> int | None:
    """The employee behind `by`; None for the system, for clients and for jobs."""
    viewer = getattr(by, "viewer", None)
    return viewer.employee_id if viewer else None
