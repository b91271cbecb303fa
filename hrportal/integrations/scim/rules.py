"""Who may look after the clients of SCIM. What a client itself may do stands in its row."""

import rules

from hrportal.people.rules import is_administrator

rules.add_perm("scim.change_client", is_administrator)
rules.add_perm("scim.revoke_token", is_administrator)
rules.add_perm("scim.change_group", is_administrator)
