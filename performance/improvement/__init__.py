"""Improvement plans: their circle, what they say, which steps are open."""
