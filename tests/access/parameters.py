"""What stands in each route's URL: the objects of the world that its parameters lead to."""

import re
from typing import Any

from hrportal.common.checks import all_routes
from tests.access.world import World

# `pk` leads to this kind of object, by the beginning of the route's name; the longest beginning counts.
KINDS = {
    "home:export": "export",
    "home:job": "job",
    "notices:notice": "notice",
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
    "performance:feedback": "feedback",
    "performance:feedback_request": "feedback_request",
    "performance:goal_assign": "goal_template",
    "performance:goal_assignment": "goal_assignment",
    "performance:goal_branch": "objective",
    "performance:goal_period": "goal_period",
    "performance:goal_proposal": "goal_proposal",
    "performance:goal_template": "goal_template",
    "performance:improvement_milestone": "improvement_plan",
    "performance:improvement_plan": "improvement_plan",
    "performance:action_item": "one_to_one_action",
    "performance:agenda_add": "meeting",
    "performance:agenda_item": "agenda_item",
    "performance:meeting": "meeting",
    "performance:exemption": "exemption",
    "performance:delegation_end": "review",
    "performance:dispute_settle": "review",
    "performance:need_line": "review",
    "performance:part": "review",
    "performance:version_restore": "review",
    "performance:objective": "objective",
    "performance:one_to_one": "one_to_one",
    "performance:one_to_one_action": "meeting",
    "performance:private_note": "meeting",
    "performance:talking_point": "meeting",
    "performance:question": "template",
    "performance:review": "review",
    "performance:round": "round",
    "performance:round_answer": "rater",
    "performance:round_export": "shared_round",
    "performance:round_template": "round_template",
    "performance:scale": "scale",
    "performance:section": "template",
    "performance:self_assessment": "review",
    "performance:template": "template",
    "calibration:card": "card",
    "calibration:cycle": "calibrated_cycle",
    "calibration:decision": "decision",
    "calibration:difference": "difference",
    "calibration:evidence": "calibrated_cycle",
    "calibration:finding": "finding",
    "calibration:handover": "handover",
    "calibration:reconciliation": "reconciliation",
    "calibration:rating": "rating",
    "calibration:recusal": "recusal",
    "calibration:review": "calibrated_review",
    "calibration:readiness": "readiness_audit",
    "calibration:session": "session",
    "calibration:skill": "skill",
    "calibration:suggestion": "suggestion",
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
    "api:calibration-agendas": "session",
    "api:calibration-evidence": "finding",
    "api:calibration-pre-reads": "session",
    "api:calibration-recusals": "recusal",
    "api:calibration-sessions": "session",
    "api:calibration-suggestions": "suggestion",
    "api:competencies": "competency",
    "api:cycles": "cycle",
    "api:cycles-launch": "draft_cycle",
    "api:development-plans": "plan",
    "api:employees": "employee",
    "api:exports": "export_of_client",
    "api:feedback": "feedback",
    "api:feedback-round-answers": "rater",
    "api:feedback-round-templates": "round_template",
    "api:feedback-rounds": "round",
    "api:feedback-rounds-results": "shared_round",
    "api:feedback-requests": "feedback_request",
    "api:hand-over-comparisons": "reconciliation",
    "api:hand-over-differences": "difference",
    "api:hand-overs": "handover",
    "api:improvement-plans": "improvement_plan",
    "api:agenda-items": "agenda_item",
    "api:jobs": "job",
    "api:meetings": "meeting",
    "api:one-to-one-actions": "one_to_one_action",
    "api:one-to-ones": "one_to_one",
    "api:notices": "notice",
    "api:goal-assignments": "goal_assignment",
    "api:goal-periods": "goal_period",
    "api:goal-proposals": "goal_proposal",
    "api:goal-templates": "goal_template",
    "api:objectives": "objective",
    "api:org-units": "unit",
    "api:positions": "seat",
    "api:readiness-audits": "readiness_audit_of_client",
    "api:rating-scales": "scale",
    "api:review-exemptions": "exemption",
    "api:review-templates": "template",
    "api:reviews": "review",
    "api:skill-lineages": "skill",
    "api:skills": "skill",
    "api:rating-lineages": "rating",
    "api:succession-plans": "bench",
    "api:talent-profiles": "profile",
}
# Parameters with a name of their own are that kind of object, or one of these words.
OTHERS = {"act": "action", "version": "part_version"}
WORDS = {
    "copy": "employee",
    "lines": "milestones",
    "side": "manager",
    "line": 0,
    "path": "nothing-here",
    "uidb36": "1",
    "uidb64": "MQ",
    "key": "no-such-key",
    "file_format": "csv",
    "list_name": "people.directory",
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
