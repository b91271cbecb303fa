"""The hand-over."""

import rules

from calibration.rules.sessions import is_hr

rules.add_perm("calibration.retry_handover", is_hr)
rules.add_perm("calibration.compare_sides", is_hr)
rules.add_perm("calibration.hand_over_again", is_hr)
