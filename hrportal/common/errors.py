"""What the API refuses with, beyond the framework's own exceptions; `problems` writes them down."""

from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, status

from hrportal.common.actions import ActionError


class Conflict(exceptions.APIException):
    """An action refused: the words are the ones a page would show."""

    status_code: int = status.HTTP_409_CONFLICT

    def __init__(self, error: ActionError) -> None:
        super().__init__(error.message, error.code)
        self.error = error


class PreconditionFailed(Conflict):
    """The version named in `If-Match` is no longer the stored one."""

    status_code = status.HTTP_412_PRECONDITION_FAILED


class PreconditionRequired(exceptions.APIException):
    """A change to something many write needs to say which version it was made to."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_detail = _("Send the version you read, as `version` or in the If-Match header.")
    default_code = "version_required"


class QueryError(exceptions.ValidationError):
    """Something in the query string is wrong, rather than in the body."""
