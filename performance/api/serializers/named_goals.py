"""Ids of goals in an answer: each only where its reader may see the goal."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from performance.models import Objective


class NamesGoals(serializers.BaseSerializer):
    """Rows that name goals. One query for the whole answer, however many rows it has."""

    def named_goals(self, row: Any) -> Iterable[int | None]:
        """The ids of all goals that a row names."""
        raise NotImplementedError

    def seen_goals(self, row: Any) -> set[int]:
        """Of the goals that the rows of this answer name, those that its reader may see."""
        answer: Any = self.parent or self
        if not hasattr(answer, "goals_seen"):
            rows: Any = answer.instance if isinstance(answer, serializers.ListSerializer) else [row]
            named = {pk for one in rows for pk in self.named_goals(one) if pk}
            visible = Objective.objects.visible_to(self.context["request"].user).filter(pk__in=named) if named else None
            answer.goals_seen = set(visible.values_list("pk", flat=True)) if visible is not None else set()
        return answer.goals_seen

    def shown_goal(self, row: Any, pk: int | None) -> int | None:
        """The id, or None where the reader may not see the goal."""
        return pk if pk in self.seen_goals(row) else None
