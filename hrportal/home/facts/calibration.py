"""Facts about decisions, evidence and whoever stays out of a table."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "calibration.review_decided": _("A final rating was decided."),
    "calibration.decision_remarked": _("A manager answered a decision."),
    "calibration.decision_request_answered": _("HR answered a request to look at a decision again."),
    "calibration.evidence_computed": _("The figures of a cycle were computed."),
    "calibration.evidence_switched": _("The figures of a cycle were switched on or off."),
    "calibration.finding_explained": _("A manager explained a finding."),
    "calibration.suggestion_accepted": _("A suggestion was accepted."),
    "calibration.suggestion_rejected": _("A suggestion was rejected."),
    "calibration.suggestion_discuss": _("A suggestion is to be discussed at the table."),
    "calibration.pre_read_answered": _("Somebody answered before the meeting."),
    "calibration.readiness_audit_started": _("A readiness audit was started."),
    "calibration.readiness_audit_computed": _("A readiness audit was computed."),
    "calibration.recusal_declared": _("Somebody stays out while the table talks about a person."),
    "calibration.recusal_withdrawn": _("Somebody no longer stays out while the table talks about a person."),
    "calibration.sides_compared": _("Reviews were compared with what was handed over to talent."),
    "calibration.list_exported": _("A list of calibration was taken away as a file."),
}
