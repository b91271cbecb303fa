"""What stands in each route's URL: the objects of the world that its parameters lead to."""

import re
from typing import Any

from hrportal.common.checks import all_routes
from tests.access.world import World

# `pk` leads to this kind of object, by the beginning of the route's name; the longest beginning counts.
KINDS = {
    "home:job": "job",
    "people:account": "account",
    "people:employee": "employee",
    "people:grant": "grant",
    "people:person": "employee",
    "people:role_grant": "account",
    "people:role": "grant",
    "people:unit": "unit",
    "performance:check_in": "key_result",
    "performance:cycle": "cycle",
    "performance:cycle_edit": "draft_cycle",
    "performance:cycle_guideline": "draft_cycle",
    "performance:cycle_launch": "draft_cycle",
    "performance:need_line": "review",
    "performance:objective": "objective",
    "performance:review": "review",
    "performance:scale": "scale",
    "performance:section": "template",
    "performance:self_assessment": "review",
    "performance:template": "template",
    "calibration:card": "card",
    "calibration:handover": "handover",
    "calibration:rating": "rating",
    "calibration:review": "calibrated_review",
    "calibration:session": "session",
    "talent:action": "action",
    "talent:action_add": "item",
    "talent:bench": "bench",
    "talent:critical_role": "bench",
    "talent:item": "item",
    "talent:item_add": "employee",
    "talent:plan": "plan",
    "talent:profile": "profile",
    "talent:readiness": "successor",
    "talent:successor": "successor",
    "talent:successor_nominate": "bench",
    "talent:successors": "bench",
    "api:calibration-decisions": "decision",
    "api:calibration-sessions": "session",
    "api:competencies": "competency",
    "api:cycles": "cycle",
    "api:cycles-launch": "draft_cycle",
    "api:development-plans": "plan",
    "api:employees": "employee",
    "api:feedback": "feedback",
    "api:hand-overs": "handover",
    "api:jobs": "job",
    "api:objectives": "objective",
    "api:org-units": "unit",
    "api:positions": "seat",
    "api:rating-scales": "scale",
    "api:review-templates": "template",
    "api:reviews": "review",
    "api:succession-plans": "bench",
    "api:talent-profiles": "profile",
}
# Parameters with a name of their own are that kind of object, or one of these words.
OTHERS = {"act": "action"}
WORDS = {
    "side": "manager",
    "line": 0,
    "path": "nothing-here",
    "uidb36": "1",
    "uidb64": "MQ",
    "key": "no-such-key",
    "token": "no-such-token",
}
# Keys of second factors, which nobody in the world has.
NOBODYS = {"mfa_remove_webauthn", "mfa_edit_webauthn"}


def parameters_of(world: World, name: str) -> dict[str, Any]:
    """The keywords of a route's URL."""
    return {parameter: _value(world, name, parameter) for parameter in _parameters()[name]}


def _value(world: World, name: str, parameter: str) -> Any:
    if parameter in WORDS:
        return WORDS[parameter]
    if name in NOBODYS:
        return 1
    kind = _kind(name) if parameter == "pk" else OTHERS.get(parameter, parameter)
    return world.objects[kind].pk


def _kind(name: str) -> str:
    beginnings = [beginning for beginning in KINDS if name.startswith(beginning)]
    assert beginnings, f"add {name} to tests/access/parameters.py"
    return KINDS[max(beginnings, key=len)]


def _parameters() -> dict[str, list[str]]:
    return {name: re.findall(r"<(?:\w+:)?(\w+)>", path) for path, name, _ in all_routes()}
