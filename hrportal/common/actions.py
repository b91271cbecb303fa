"""What an action says when it cannot do as asked. Pages show the words, the API answers 409 with the same ones."""

from typing import Any


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
