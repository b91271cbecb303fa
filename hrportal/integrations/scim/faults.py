"""What the models of SCIM, Python and the database refuse, as status, words and keyword."""

from django.core.exceptions import RequestDataTooBig
from django.db import DataError, IntegrityError
from pydantic import ValidationError
from scim2_models import Error, SCIMException

FAULTS = (SCIMException, ValidationError, IntegrityError, DataError, RecursionError, RequestDataTooBig)


def told(fault: Exception) -> tuple[int, str, str]:
    """How a fault is told to a client. Two that write the same at the same moment are told who was late."""
    if isinstance(fault, ValidationError):
        first = Error.from_validation_errors(fault)[0]
        return first.status or 400, first.detail or "", first.scim_type or ""
    if isinstance(fault, SCIMException) and isinstance(fault.__cause__, ValidationError):
        return fault.status, told(fault.__cause__)[1], fault.scim_type  # a line instead of a report to programmers
    if isinstance(fault, SCIMException):
        return fault.status, fault.detail, fault.scim_type
    if isinstance(fault, IntegrityError):
        return 409, "Somebody else wrote the same at the same moment.", "uniqueness"
    if isinstance(fault, RequestDataTooBig):
        return 413, "The body is too large.", ""
    return 400, "This cannot be stored.", "invalidValue"
