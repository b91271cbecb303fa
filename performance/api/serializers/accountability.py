"""Figures with both sides of each division, and what was left lying."""

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from hrportal.people.api.serializers import EmployeeRef, NamedRef, TitledRef
from performance.enums.accountability import LooseEnd
from performance.insight.accountability import line_of


class ShareSerializer(serializers.Serializer):
    part = serializers.IntegerField()
    whole = serializers.IntegerField()
    percent = serializers.DecimalField(max_digits=5, decimal_places=1, allow_null=True, help_text="Empty: unknown.")


class MeanSerializer(serializers.Serializer):
    sum = serializers.DecimalField(max_digits=16, decimal_places=2)
    n = serializers.IntegerField(help_text="How many were measured.")
    of = serializers.IntegerField(help_text="How many there are.")
    value = serializers.DecimalField(max_digits=5, decimal_places=1, allow_null=True, help_text="Empty: unknown.")


class FrequencySerializer(serializers.Serializer):
    times = serializers.IntegerField()
    people = serializers.IntegerField()
    days = serializers.IntegerField(help_text="How much of the period has passed; 0 where feedback is not to be read.")
    value = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True, help_text="Empty: unknown.")


class FiguresSerializer(serializers.Serializer):
    """The figures of a unit and all below it; without a unit, of everyone the reader answers for."""

    unit = NamedRef(allow_null=True)
    people = serializers.IntegerField()
    completion = ShareSerializer(help_text="Finished reviews of those that were not withdrawn.")
    on_time = ShareSerializer(help_text="Manager reviews submitted by their due date, of those submitted or past it.")
    attainment = MeanSerializer(
        help_text="Progress of personal goals that ran in the period, of those that were measured."
    )
    feedback = FrequencySerializer(help_text="Feedback the reader may see, per person and quarter.")
    ratings = serializers.SerializerMethodField(
        help_text="Final ratings by value. Empty where fewer than five lie here, or could be worked out."
    )

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField(), allow_null=True))
    def get_ratings(self, figures: Any) -> dict[str, int] | None:
        ratings = figures.ratings
        return None if ratings is None else {str(value): count for value, count in sorted(ratings.items())}


class CycleFiguresSerializer(serializers.Serializer):
    cycle = TitledRef()
    figures = FiguresSerializer()


@extend_schema_serializer(many=False)  # also as the answer of a list
class ReportSerializer(serializers.Serializer):
    """The figures of a cycle, here and one step below, and of the last cycles (these without ratings)."""

    cycle = TitledRef()
    on = serializers.DateField(help_text="The day the figures are of.")
    here = FiguresSerializer()
    below = FiguresSerializer(many=True)
    trend = CycleFiguresSerializer(many=True)


class LooseEndSerializer(serializers.Serializer):
    """Something nothing followed from. `id` is that of the review, the feedback, the goal, or the manager of the team."""

    kind = serializers.SerializerMethodField()
    id = serializers.IntegerField(source="pk")
    employee = serializers.SerializerMethodField()
    what = serializers.SerializerMethodField()
    since = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=LooseEnd.choices))
    def get_kind(self, row: Any) -> str:
        return self.context["kind"]

    @extend_schema_field(EmployeeRef)
    def get_employee(self, row: Any) -> Any:
        return EmployeeRef(line_of(row, self.context["kind"]).person).data

    def get_what(self, row: Any) -> str:
        return line_of(row, self.context["kind"]).what

    @extend_schema_field(serializers.CharField(allow_null=True, help_text="A day or an instant; empty: never."))
    def get_since(self, row: Any) -> str | None:
        since = line_of(row, self.context["kind"]).since
        return since.isoformat() if since else None

    def get_url(self, row: Any) -> str:
        return line_of(row, self.context["kind"]).url
