"""Who may turn the strategy into proposed goals: HR, for those they look after."""

import rules

from calibration.rules.sessions import is_hr

rules.add_perm("calibration.propose_from_strategy", is_hr)
