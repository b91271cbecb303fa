"""Readiness audits: asked for, computed."""

from calibration.models import ReadinessAudit
from hrportal.journal.recording import Actor, record


def readiness_audit_started(audit: ReadinessAudit, *, by: Actor | None) -> None:
    _about("calibration.readiness_audit_started", audit, by)


def readiness_audit_computed(audit: ReadinessAudit, *, by: Actor | None) -> None:
    _about("calibration.readiness_audit_computed", audit, by)


def _about(topic: str, audit: ReadinessAudit, by: Actor | None) -> None:
    record(topic, audit, by=by, data={"cycle": audit.cycle_id, "org_unit": audit.org_unit_id})
