"""Career steps and paths, opportunities, matches and interest."""

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.models import Employee, Job, Location, OrgUnit
from hrportal.people.models.competencies import HIGHEST, LOWEST, MEDIUM_IMPORTANCE
from talent.actions.opportunities import MOST_NEEDS
from talent.api.serializers.skills import COMPETENCIES
from talent.enums import MatchPart, OpportunityKind, StepKind, TravelWish
from talent.mobility.graph import Node
from talent.mobility.matching import Matched
from talent.models import CareerStep, Interest, Opportunity, OpportunityNeed
from talent.models.career_paths import MOST_MONTHS
from talent.scores.fit import Demand

WORDS = 5000


class CareerStepSerializer(serializers.ModelSerializer):
    """A step between two jobs. `months` is the usual time before it; null where nobody knows."""

    from_job = NamedRef(read_only=True)
    to_job = NamedRef(read_only=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = CareerStep
        fields = ["id", "from_job", "to_job", "kind", "months", "note", "created_at", "modified_at"]
        read_only_fields = fields


class CareerStepChanges(StrictSerializer):
    kind = serializers.ChoiceField(choices=StepKind.choices, required=False)
    months = serializers.IntegerField(min_value=1, max_value=MOST_MONTHS, allow_null=True, required=False)
    note = serializers.CharField(max_length=WORDS, allow_blank=True, required=False)


class CareerStepInput(CareerStepChanges):
    from_job = serializers.PrimaryKeyRelatedField(queryset=Job.objects.all())
    to_job = serializers.PrimaryKeyRelatedField(queryset=Job.objects.all())


class PathFitSerializer(serializers.Serializer):
    """The share of what the job asks for, from 0 to 1: between `low` and `high`, where something was not assessed."""

    low = serializers.FloatField(source="fit.low", read_only=True)
    high = serializers.FloatField(source="fit.high", read_only=True)
    unknown = serializers.IntegerField(source="fit.unknown", read_only=True)
    gaps = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_gaps(self, report: Any) -> list[dict[str, Any]]:
        return [
            {
                "competency": line.competency.pk,
                "required": line.fit.demand.required,
                "importance": line.fit.demand.importance,
                "have": line.fit.have,
                "gap": line.fit.gap,
                "is_critical": line.fit.is_critical,
            }
            for line in report.lines
        ]


class PathNodeSerializer(serializers.Serializer):
    """A job around the one asked for. `layer`: -1 before it, 0 itself, then as many steps onward; `months` the quickest way
    from it, null where a step's time is not known; `fit` of the person asked for, null for none."""

    job = NamedRef(read_only=True)
    layer = serializers.IntegerField(read_only=True)
    months = serializers.IntegerField(read_only=True, allow_null=True)
    fit = serializers.SerializerMethodField()

    @extend_schema_field(PathFitSerializer(allow_null=True))
    def get_fit(self, node: Node) -> Any:
        return PathFitSerializer(node.gap).data if node.gap else None


class CareerPathSerializer(serializers.ModelSerializer):
    """A job from or to which steps lead."""

    class Meta:
        model = Job
        fields = ["id", "code", "name", "family", "level"]
        read_only_fields = fields


class CareerPathDetailSerializer(serializers.Serializer):
    """What lies around one job: the jobs in layers, and every step between those drawn."""

    id = serializers.IntegerField(source="job.pk", read_only=True)
    job = NamedRef(read_only=True)
    nodes = PathNodeSerializer(many=True, read_only=True)
    steps = CareerStepSerializer(many=True, read_only=True)


@extend_schema_serializer(component_name="OpportunityNeed")
class NeedSerializer(serializers.ModelSerializer):
    competency = NamedRef(read_only=True)

    class Meta:
        model = OpportunityNeed
        fields = ["competency", "level", "importance"]
        read_only_fields = fields


class OpportunitySerializer(serializers.ModelSerializer):
    """A role, project or stretch assignment. `units`: whom it is published to; none means everybody."""

    org_unit = NamedRef(read_only=True)
    job = NamedRef(read_only=True, allow_null=True)
    location = NamedRef(read_only=True, allow_null=True)
    owner = EmployeeRef(read_only=True)
    filled_by = serializers.SerializerMethodField()
    needs = NeedSerializer(many=True, read_only=True)
    units = NamedRef(many=True, read_only=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = Opportunity
        fields = [
            "id",
            "kind",
            "title",
            "description",
            "org_unit",
            "job",
            "location",
            "leads_people",
            "travel",
            "time_share",
            "starts_on",
            "ends_on",
            "closes_on",
            "units",
            "needs",
            "owner",
            "state",
            "published_at",
            "ended_at",
            "ending_words",
            "filled_by",
            "version",
            "created_at",
            "modified_at",
        ]
        read_only_fields = fields

    @extend_schema_field(EmployeeRef(allow_null=True))
    def get_filled_by(self, opportunity: Opportunity) -> Any:
        """For whoever looks after it."""
        user = self.context["request"].user
        if opportunity.filled_by is None or not user.has_perm("talent.edit_opportunity", opportunity):
            return None
        return EmployeeRef(opportunity.filled_by).data


@extend_schema_serializer(component_name="OpportunityNeedInput")
class NeedInput(StrictSerializer):
    competency = serializers.PrimaryKeyRelatedField(queryset=COMPETENCIES)
    level = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST)
    importance = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, default=MEDIUM_IMPORTANCE)


class OpportunityFields(StrictSerializer):
    kind = serializers.ChoiceField(choices=OpportunityKind.choices, required=False)
    title = serializers.CharField(max_length=200)
    description = serializers.CharField(max_length=20000)
    org_unit = VisibleRow(queryset=OrgUnit.objects.all())
    job = serializers.PrimaryKeyRelatedField(queryset=Job.objects.all(), allow_null=True, required=False)
    location = serializers.PrimaryKeyRelatedField(queryset=Location.objects.all(), allow_null=True, required=False)
    leads_people = serializers.BooleanField(required=False)
    travel = serializers.ChoiceField(choices=TravelWish.choices, allow_blank=True, required=False)
    time_share = serializers.IntegerField(min_value=1, max_value=100, required=False, help_text="In percent.")
    starts_on = serializers.DateField(allow_null=True, required=False)
    ends_on = serializers.DateField(allow_null=True, required=False)
    closes_on = serializers.DateField(allow_null=True, required=False, help_text="The last day to say yes.")
    units = VisibleRow(queryset=OrgUnit.objects.all(), many=True, required=False)
    needs = NeedInput(many=True, required=False, max_length=MOST_NEEDS)  # type: ignore[call-arg]

    def validate_needs(self, needs: list[dict[str, Any]]) -> list[Demand]:
        """As the action takes them."""
        return [Demand(row["competency"].pk, row["level"], row["importance"]) for row in needs]


class OpportunityChanges(OpportunityFields):
    """Changes on top of the version that was read."""

    version = serializers.IntegerField(min_value=1, required=False, help_text="The version read; or send If-Match.")


class OpportunityInput(OpportunityFields):
    owner = VisibleRow(
        queryset=Employee.objects.employed(),
        required=False,
        help_text="Who looks after it. A person posts their own; a client names somebody.",
    )


class NewOwnerInput(StrictSerializer):
    owner = VisibleRow(queryset=Employee.objects.employed())


class EndingInput(StrictSerializer):
    reason = serializers.CharField(max_length=WORDS, help_text="Everybody who waits for an answer reads it.")


class InvitationInput(StrictSerializer):
    employee = VisibleRow(queryset=Employee.objects.select_related("org_unit"))
    words = serializers.CharField(max_length=WORDS, allow_blank=True, required=False)


class MatchPartSerializer(serializers.Serializer):
    """One part of a match: `share` from 0 to 1, between two ends where something is not known."""

    name = serializers.ChoiceField(choices=MatchPart.choices, source="part.name", read_only=True)
    weight = serializers.IntegerField(source="part.weight", read_only=True)
    low = serializers.FloatField(source="part.low", read_only=True)
    high = serializers.FloatField(source="part.high", read_only=True)
    asked = serializers.CharField(read_only=True)
    said = serializers.CharField(read_only=True)
    said_on = serializers.DateField(source="on", read_only=True, allow_null=True)
    freshness = serializers.CharField(read_only=True)


class MatchSkillSerializer(serializers.Serializer):
    """A skill asked for beside the level that counts; null where nobody assessed it."""

    competency = serializers.IntegerField(source="competency.pk", read_only=True)
    required = serializers.IntegerField(source="fit.demand.required", read_only=True)  # type: ignore[assignment]
    importance = serializers.IntegerField(source="fit.demand.importance", read_only=True)
    have = serializers.IntegerField(source="fit.have", read_only=True, allow_null=True)
    assessed_on = serializers.DateField(source="counting.assessed_on", read_only=True, default=None)


class OpportunityMatchSerializer(serializers.Serializer):
    """A person and an opportunity, 0 to 100: 100 × the sum of weight × share over the parts, ÷ the sum of their weights.
    It orders and decides nothing; null ends where nothing is asked that could be compared."""

    employee = EmployeeRef(read_only=True)
    opportunity = serializers.IntegerField(source="opportunity.pk", read_only=True)
    low = serializers.SerializerMethodField()
    high = serializers.SerializerMethodField()
    parts = MatchPartSerializer(source="lines", many=True, read_only=True)
    skills = MatchSkillSerializer(many=True, read_only=True)

    @extend_schema_field(serializers.FloatField(allow_null=True))
    def get_low(self, row: Matched) -> float | None:
        return row.match.low if row.match else None

    @extend_schema_field(serializers.FloatField(allow_null=True))
    def get_high(self, row: Matched) -> float | None:
        return row.match.high if row.match else None


class CandidateSearchSerializer(serializers.Serializer):
    """The newest search of this reader: how many were compared when, and the best as they fit today."""

    computed_at = serializers.DateTimeField(read_only=True, allow_null=True)
    compared = serializers.IntegerField(read_only=True)
    candidates = OpportunityMatchSerializer(many=True, read_only=True)


class InterestSerializer(serializers.ModelSerializer):
    """One person and one opportunity. Whoever stands above the person has it only if `is_told_to_manager`."""

    employee = EmployeeRef(read_only=True)
    answered_by = EmployeeRef(read_only=True, allow_null=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = Interest
        fields = [
            "id",
            "opportunity",
            "employee",
            "state",
            "note",
            "is_told_to_manager",
            "invited_at",
            "invitation",
            "said_yes_at",
            "answer",
            "answered_by",
            "answered_at",
            "created_at",
            "modified_at",
        ]
        read_only_fields = fields


class InterestInput(StrictSerializer):
    opportunity = VisibleRow(queryset=Opportunity.objects.select_related("org_unit", "owner"))
    note = serializers.CharField(max_length=WORDS, allow_blank=True, required=False)
    is_told_to_manager = serializers.BooleanField(required=False, help_text="Unless true, nobody above learns of it.")


class TellingInput(StrictSerializer):
    is_told_to_manager = serializers.BooleanField()


class OfferInput(StrictSerializer):
    words = serializers.CharField(max_length=WORDS, allow_blank=True, required=False)


class DecliningInput(StrictSerializer):
    reason = serializers.CharField(max_length=WORDS, help_text="The person reads it.")
