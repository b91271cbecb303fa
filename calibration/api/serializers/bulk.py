"""A table of cards as the API reads it, and what became of its lines."""

from typing import Any

from rest_framework import serializers

from hrportal.common.api import StrictSerializer
from hrportal.common.forms import LONGEST_TEXT


class BulkInput(StrictSerializer):
    """The table as text, with the columns of the list `calibration.cards`: at least `card`, `version` and `rating`."""

    text = serializers.CharField(max_length=LONGEST_TEXT, trim_whitespace=False, help_text="CSV with a header.")
    dry_run = serializers.BooleanField(default=False, help_text="Only say what would happen.")


class LineSerializer(serializers.Serializer):
    """One line: it changes its card, leaves it as it is, or is refused with why."""

    line = serializers.IntegerField(source="line.number", read_only=True)
    card = serializers.IntegerField(source="line.card_id", read_only=True, allow_null=True)
    outcome = serializers.ChoiceField(choices=["changes", "unchanged", "refused"], source="kind", read_only=True)
    message = serializers.CharField(source="refusal", read_only=True, help_text="Why it is refused.")


class BulkReport(serializers.Serializer):
    """What became of a table."""

    is_applied = serializers.BooleanField(read_only=True)
    changed = serializers.SerializerMethodField()
    unchanged = serializers.SerializerMethodField()
    refused = serializers.SerializerMethodField()
    lines = LineSerializer(source="outcomes", many=True, read_only=True)

    def get_changed(self, report: Any) -> int:
        return report.counts["changes"]

    def get_unchanged(self, report: Any) -> int:
        return report.counts["unchanged"]

    def get_refused(self, report: Any) -> int:
        return report.counts["refused"]
