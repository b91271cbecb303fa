"""Figures of talent management: asked for, computed."""

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, record
from talent.models import TalentMetrics


def talent_metrics_started(metrics: TalentMetrics, *, by: Actor | None) -> Fact:
    return record("talent.metrics_started", metrics, by=by, data={"unit": metrics.org_unit_id})


def talent_metrics_computed(metrics: TalentMetrics, *, by: Actor | None) -> Fact:
    return record("talent.metrics_computed", metrics, by=by, data={"unit": metrics.org_unit_id})
