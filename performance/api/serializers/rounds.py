"""360 rounds. Who is asked is here, what they did with it is not; results are as published, never single answers."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.common.filters import LARGEST_ID
from hrportal.people.api.serializers import EmployeeRef, NamedRef, TitledRef
from hrportal.people.models import Competency, Employee
from performance.enums import HowOften, RaterGroup, RoundQuestionKind
from performance.models import AnswerSheet, FeedbackRound, Rater, Review, RoundQuestion, RoundTemplate, SheetAnswer
from performance.rounds.shown import offered_round_steps, progress_of

NAMED_GROUPS = [(str(group), group.label) for group in (RaterGroup.PEER, RaterGroup.REPORT, RaterGroup.SKIP_LEVEL)]


class RoundQuestionSerializer(serializers.ModelSerializer):
    competency = NamedRef(read_only=True, allow_null=True)

    class Meta:
        model = RoundQuestion
        fields = ["id", "kind", "text", "competency"]
        read_only_fields = fields


class RoundTemplateSerializer(serializers.ModelSerializer):
    """What rounds can be opened with."""

    questions = RoundQuestionSerializer(many=True, read_only=True)

    class Meta:
        model = RoundTemplate
        fields = ["id", "name", "introduction", "is_archived", "questions"]
        read_only_fields = fields


class RoundQuestionInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=RoundQuestionKind.choices)
    text = serializers.CharField(max_length=300)
    competency = serializers.PrimaryKeyRelatedField(
        queryset=Competency.objects.all(), allow_null=True, required=False, help_text="For a rating only."
    )


class RoundTemplateInput(StrictSerializer):
    name = serializers.CharField(max_length=100)
    introduction = serializers.CharField(allow_blank=True, max_length=5000, default="")
    questions = RoundQuestionInput(many=True)


class ArchiveInput(StrictSerializer):
    is_archived = serializers.BooleanField(default=True, help_text="false to offer it again.")


class RaterSerializer(serializers.ModelSerializer):
    """Somebody nominated or asked. Whether they answered is told to nobody."""

    employee = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = Rater
        fields = ["id", "group", "employee", "name", "email", "state"]
        read_only_fields = fields


class GroupProgressSerializer(serializers.Serializer):
    """Whether a group had enough answers when it was looked at this morning; never how many, never who."""

    group = serializers.ChoiceField(choices=RaterGroup.choices, source="key", read_only=True)
    asked = serializers.IntegerField(read_only=True)
    is_enough = serializers.BooleanField(read_only=True)


class RoundSerializer(serializers.ModelSerializer):
    """A round about one person."""

    subject = EmployeeRef(read_only=True)
    template = TitledRef(read_only=True)

    class Meta:
        model = FeedbackRound
        fields = ["id", "subject", "template", "review", "state", "due_on", "min_raters", "opened_at", "shared_at"]
        read_only_fields = fields


class RoundDetailSerializer(RoundSerializer):
    """A round with who is asked and, for those who run it, how far it is."""

    raters = RaterSerializer(many=True, read_only=True)
    progress = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField(help_text="What the reader may do with it now.")

    class Meta(RoundSerializer.Meta):
        fields = [*RoundSerializer.Meta.fields, "reason", "raters", "progress", "steps"]
        read_only_fields = fields

    @extend_schema_field(GroupProgressSerializer(many=True))
    def get_progress(self, round_: FeedbackRound) -> Any:
        return GroupProgressSerializer(progress_of(self.context["request"].user, round_), many=True).data

    def get_steps(self, round_: FeedbackRound) -> list[str]:
        return sorted(offered_round_steps(self.context["request"].user, round_))


class RoundInput(StrictSerializer):
    subject = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.select_related("org_unit"))
    template = VisibleRow(queryset=RoundTemplate.objects.all())
    due_on = serializers.DateField()
    min_raters = serializers.IntegerField(min_value=3, max_value=20, required=False, help_text="For HR to raise.")
    review = VisibleRow(queryset=Review.objects.all(), allow_null=True, required=False)


class RoundChangeInput(StrictSerializer):
    due_on = serializers.DateField(required=False)
    min_raters = serializers.IntegerField(min_value=3, max_value=20, required=False, help_text="For HR to raise.")


class NominateInput(StrictSerializer):
    group = serializers.ChoiceField(choices=NAMED_GROUPS)
    people = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST_ID),
        allow_empty=False,
        max_length=100,
        help_text="Ids of employees.",
    )

    def validate_people(self, ids: list[int]) -> list[Employee]:
        """All of them in one query; the directory is open to everybody."""
        found = Employee.objects.employed().in_bulk(ids)
        if missing := [pk for pk in ids if pk not in found]:
            raise serializers.ValidationError(_("Nobody who works here has the id %d.") % missing[0])
        return list(found.values())


class ExternalRaterInput(StrictSerializer):
    name = serializers.CharField(max_length=100)
    email = serializers.EmailField()


class RatersInput(StrictSerializer):
    raters = serializers.ListField(
        child=serializers.IntegerField(min_value=1),
        allow_empty=False,
        max_length=100,
        help_text="Ids of the round's raters.",
    )


class RaterInput(StrictSerializer):
    rater = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, help_text="Id of one of the round's raters.")


class FigureSerializer(serializers.Serializer):
    """The mean of a group's answers; `key` is a group, `others` (small groups together) or `total` (all of them)."""

    key = serializers.CharField(read_only=True)
    mean = serializers.DecimalField(max_digits=2, decimal_places=1, read_only=True)
    count = serializers.IntegerField(read_only=True)


class TextsSerializer(serializers.Serializer):
    key = serializers.CharField(read_only=True)
    texts = serializers.ListField(child=serializers.CharField(), read_only=True)


class QuestionResultSerializer(serializers.Serializer):
    question = RoundQuestionSerializer(read_only=True)
    figures = FigureSerializer(many=True, read_only=True)
    texts = TextsSerializer(many=True, read_only=True)


class CompetencyResultSerializer(serializers.Serializer):
    competency = NamedRef(read_only=True)
    figures = FigureSerializer(many=True, read_only=True)
    gap = serializers.DecimalField(
        max_digits=2, decimal_places=1, read_only=True, allow_null=True, help_text="All others less self."
    )


class ResultsSerializer(serializers.Serializer):
    """What is published of a round to this reader: groups with enough answers, without names, times or order."""

    is_partly_kept = serializers.BooleanField(read_only=True, help_text="Some answers are not shown to this reader.")
    questions = QuestionResultSerializer(many=True, read_only=True)
    competencies = CompetencyResultSerializer(many=True, read_only=True)


class SheetAnswerSerializer(serializers.ModelSerializer):
    class Meta:
        model = SheetAnswer
        fields = ["question", "rating", "text"]
        read_only_fields = fields


class AnswerSheetSerializer(serializers.ModelSerializer):
    """What the person acted for was asked and has written so far. Nobody else reads it."""

    id = serializers.IntegerField(source="rater_id", read_only=True)
    subject = EmployeeRef(source="rater.round.subject", read_only=True)
    group = serializers.ChoiceField(choices=RaterGroup.choices, source="rater.group", read_only=True)
    due_on = serializers.DateField(source="rater.round.due_on", read_only=True)
    fewest = serializers.IntegerField(source="rater.round.min_raters", read_only=True)
    introduction = serializers.CharField(source="rater.round.template.introduction", read_only=True)
    questions = RoundQuestionSerializer(source="rater.round.template.questions", many=True, read_only=True)
    answers = SheetAnswerSerializer(many=True, read_only=True)

    class Meta:
        model = AnswerSheet
        fields = [
            "id",
            "subject",
            "group",
            "state",
            "due_on",
            "fewest",
            "introduction",
            "questions",
            "answers",
            "version",
            "saved_at",
        ]
        read_only_fields = fields


class SheetAnswerInput(StrictSerializer):
    question = serializers.IntegerField(
        min_value=1, max_value=LARGEST_ID, help_text="Id of one of the round's questions."
    )
    rating = serializers.ChoiceField(choices=HowOften.choices, allow_null=True, required=False)
    text = serializers.CharField(allow_blank=True, trim_whitespace=False, max_length=10_000, required=False)


class AnswersInput(StrictSerializer):
    version = serializers.IntegerField(min_value=1, required=False)
    answers = SheetAnswerInput(many=True)
