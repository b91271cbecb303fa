"""Who may do what in calibration, a module for each topic. Which rows somebody sees is `visible_to`; this is about touching them."""

from calibration.rules import cards, decisions, evidence, handover, readiness, reviews, sessions, strategy, table

__all__ = ["cards", "decisions", "evidence", "handover", "readiness", "reviews", "sessions", "strategy", "table"]
