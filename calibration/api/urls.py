"""Resources of calibration."""

from calibration.api.views import decisions, sessions

resources = {
    "calibration-sessions": sessions.SessionViewSet,
    "calibration-decisions": decisions.DecisionViewSet,
    "hand-overs": decisions.HandOverViewSet,
}
