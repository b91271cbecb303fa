"""The API's schema for tests: made once by a process, and each test has a copy of its own."""

import json
from functools import cache
from typing import Any

from hrportal.integrations.description import described


def schema_of_api() -> dict[str, Any]:
    """The schema as clients read it."""
    schema: dict[str, Any] = json.loads(_as_json())
    return schema


@cache
def _as_json() -> str:
    return json.dumps(described(), default=str)
