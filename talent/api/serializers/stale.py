"""What a decision rested on that was out of date, as far as its reader may read it."""

from collections.abc import Callable
from typing import Any, cast

from rest_framework import serializers

from talent.enums import Datum
from talent.staleness import ReadableStale


class StoredStaleSerializer(serializers.Serializer):
    """A datum that was out of date when somebody decided, and the day it was from."""

    kind = serializers.ChoiceField(choices=Datum.choices, read_only=True)
    on = serializers.DateField(read_only=True)


def readable_stale(
    serializer: serializers.BaseSerializer[Any], row: Any, person_of: Callable[[Any], int | None]
) -> list[dict[str, str]]:
    """What the decision of a row rested on. The rights of the whole answer are asked for once; `person_of` says whom a row is about."""
    root, context = serializer.root.instance, cast("dict[str, Any]", serializer.context)
    rows = [root] if isinstance(root, type(row)) else root
    people = [person_of(each) for each in rows or ()]
    readable = context.setdefault("readable_stale", ReadableStale(context["request"].user, people))
    return [datum.stored for datum in readable.of(person_of(row), row.rested_on_stale)]
