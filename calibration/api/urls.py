"""Resources of calibration."""

from calibration.api.views import (
    decisions,
    evidence,
    handover,
    lineage,
    readiness,
    reconciliation,
    sessions,
    strategy,
    table,
)

resources = {
    "calibration-sessions": sessions.SessionViewSet,
    "calibration-decisions": decisions.DecisionViewSet,
    "calibration-recusals": table.RecusalViewSet,
    "calibration-pre-reads": table.PreReadViewSet,
    "calibration-agendas": table.AgendaViewSet,
    "calibration-evidence": evidence.EvidenceViewSet,
    "calibration-suggestions": evidence.SuggestionViewSet,
    "rating-lineages": lineage.RatingLineageViewSet,
    "skill-lineages": lineage.SkillLineageViewSet,
    "hand-overs": handover.HandOverViewSet,
    "hand-over-comparisons": reconciliation.ReconciliationViewSet,
    "hand-over-differences": reconciliation.DifferenceViewSet,
    "readiness-audits": readiness.ReadinessAuditViewSet,
}

# What is worked out when it is asked for: there is no row to show by itself.
lists = {"strategy-proposals": strategy.StrategyProposalViewSet}
