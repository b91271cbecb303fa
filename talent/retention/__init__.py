"""Retention: what is known of who may leave, what was learnt from those who did, and who looked.

Purpose: everything here serves keeping people, and nothing else. It enters no rating, no promotion and no pay decision.
"""

from talent.retention.current import current_risks

__all__ = ["current_risks"]
