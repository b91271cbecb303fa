"""Performance: is this person delivering in their current role, now? Goals, feedback, review cycles, reviews."""
