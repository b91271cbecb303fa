"""What an action says when it cannot do as asked. Pages show the words, the API answers 409 with the same ones."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model

RowT = TypeVar("RowT", bound=Model)


class ActionError(Exception):
    """This cannot happen now; `message` tells a person why, `field` which input it is about (if one)."""

    code = "conflict"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = str(message)
        self.field = field


class StaleVersion(ActionError):
    """Somebody else changed it first. `version` is the stored one, `theirs` what is stored, so nothing typed is lost."""

    code = "stale_version"

    def __init__(self, message: str, *, version: int, theirs: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.version = version
        self.theirs = theirs or {}


def checked(row: RowT, **exclude: Any) -> RowT:
    """The row, if it keeps its fields' and constraints' rules; else their words."""
    try:
        row.full_clean(**exclude)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise ActionError(" ".join(messages), field=None if field == "__all__" else field) from error
    return row
