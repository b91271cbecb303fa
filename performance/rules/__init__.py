"""Who may do what in performance, a module for each topic. Which rows somebody sees is `visible_to`; this is about touching them.

When a step of a review can be taken is in `STARTS_FROM` (enums); a page offers a step when both say yes (`steps.py`).
"""

from performance.rules import cycles, feedback, goal_proposals, goals, improvement, one_to_ones, reviews, rounds

__all__ = ["cycles", "feedback", "goal_proposals", "goals", "improvement", "one_to_ones", "reviews", "rounds"]
