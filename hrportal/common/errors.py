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


class InsufficientScope(exceptions.PermissionDenied):
    """The token lacks a scope; the answer names it, as RFC 6750 asks."""

    default_code = "insufficient_scope"

    def __init__(self, scope: str) -> None:
        super().__init__(_("This needs the scope %s.") % scope, self.default_code)
        self.auth_header = f'Bearer realm="api", error="insufficient_scope", scope="{scope}"'


class ContentTooLarge(exceptions.APIException):
    """The body is larger than the portal takes."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = _("The body is too large.")
    default_code = "content_too_large"


class KeyInUse(exceptions.APIException):
    """The first request with this key is still being worked on."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = _("A request with this Idempotency-Key is still running. Ask again in a moment.")
    default_code = "idempotency_key_in_use"
    wait = 1


class KeyReused(exceptions.APIException):
    """The key belongs to another request."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_detail = _("This Idempotency-Key was used for another request. Use a new one for each.")
    default_code = "idempotency_key_reused"


class AnswerLost(exceptions.APIException):
    """The request was answered, but the answer was sealed with a key the portal no longer has. It is not done twice."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = _("This was done before, but its answer is no longer kept. Read what became of it.")
    default_code = "idempotency_answer_lost"


class NotReached(exceptions.APIException):
    """The time of the request was over before this item's turn."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = _("The time of one request was over. Send this item again.")
    default_code = "not_reached"
