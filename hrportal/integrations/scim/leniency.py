"""What identity providers are forgiven beyond what the models of SCIM forgive by themselves."""

import re

from hrportal.integrations.scim.representation import Json
from hrportal.integrations.scim.schema import EnterpriseUser
from hrportal.integrations.scim.state import UNKNOWN, State

QUOTED = re.compile(r'("(?:[^"\\]|\\.)*")')
BARE_MANAGER = re.compile(r"(?<![\w:.])manager(?=[\s.])", re.IGNORECASE)
FULL_MANAGER = f"{EnterpriseUser.__schema__}:manager"


def with_defaults(body: Json, stored: State | None = None) -> Json:
    """What must be there and was left out: an account is open unless said otherwise, and a name is kept or made up."""
    body = dict(body)
    keys = {key.lower(): key for key in body}
    if body.get(keys.get("active", "")) is None:
        body[keys.get("active", "active")] = stored.active if stored else True
    user_name = body.get(keys.get("username", ""))
    key = keys.get("name", "name")
    given = body.get(key)
    name = dict(given) if isinstance(given, dict) else {}
    known = {part.lower() for part, value in name.items() if value}
    if "familyname" not in known:
        name["familyName"] = (stored.family_name if stored else "") or str(user_name or "").partition("@")[0] or UNKNOWN
    if "givenname" not in known:
        name["givenName"] = (stored.given_name if stored else "") or UNKNOWN
    if given is None or isinstance(given, dict):
        body[key] = name
    return body


def with_full_names(asked: str) -> str:
    """A filter in which the manager is called by the full name, which some clients leave away. Quoted words stay."""
    parts = QUOTED.split(asked)
    return "".join(part if part.startswith('"') else BARE_MANAGER.sub(FULL_MANAGER, part) for part in parts)
