"""Who may help whom at the front door."""

import rules

from hrportal.people.rules import is_administrator, is_somebody_elses

rules.add_perm("sign_in.help", is_administrator & is_somebody_elses)
