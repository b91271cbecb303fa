"""Figures as the design system draws them."""

from collections.abc import Mapping
from typing import Any

from performance.models import ReviewCycle


def distribution_rows(cycle: ReviewCycle, ratings: Mapping[int, int] | None) -> list[dict[str, Any]]:
    """The levels of a cycle's scale with how many have each; nothing when they may not be shown."""
    if ratings is None:
        return []
    everyone = sum(ratings.values())
    return [
        {
            "label": level.label,
            "count": ratings.get(level.value, 0),
            "share": 100 * ratings.get(level.value, 0) / everyone if everyone else None,
            "guideline": None,
            "before": None,
        }
        for level in cycle.scale.levels.order_by("value")
    ]


def top_of(rows: list[dict[str, Any]]) -> int:
    """The share that fills the height of the drawing: the highest, rounded up to ten."""
    return max(10, *(-(-int(row["share"] or 0) // 10) * 10 + 10 for row in rows)) if rows else 100
