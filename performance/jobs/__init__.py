"""Long and daily work of performance, a module for each topic. Each works in chunks that commit and are safe to repeat."""

from performance.jobs import cycles, goals, improvement, reviews, rounds

__all__ = ["cycles", "goals", "improvement", "reviews", "rounds"]
