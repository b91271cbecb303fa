"""The change feed: every fact of the journal a client may hear of, in an order it can resume from.

A position is given after commit by one sequencer, so a client that asks for what came after the last position it has
seen misses nothing, however slow a transaction was. A fact says what happened to what, never what was written.
"""

from typing import Any

import django_filters
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied

from hrportal.common.access import Access
from hrportal.common.api import CursorPages
from hrportal.common.errors import QueryError
from hrportal.common.filters import Number, NumberIn, WordIn
from hrportal.common.paths import any_of
from hrportal.common.resources import ResourceViewSet
from hrportal.common.watermarks import HEADER as WATERMARK
from hrportal.integrations.hearing import heard_by
from hrportal.integrations.webhooks.queueing import is_known_choice
from hrportal.journal.models import Fact


class ChangeSerializer(serializers.ModelSerializer):
    """What happened, to which row, about whom. Fetch the row to see how it is now."""

    employee = serializers.IntegerField(source="person_id", read_only=True, allow_null=True)

    class Meta:
        model = Fact
        fields = ["position", "topic", "subject_type", "subject_id", "employee", "version", "data", "recorded_at"]
        read_only_fields = fields
        extra_kwargs = {"data": {"help_text": "Ids of what else is concerned."}}


class ChangeFilter(django_filters.FilterSet):
    since = Number(field_name="position", lookup_expr="gt", help_text="The last position seen.")
    topics = WordIn(
        field_name="topic", method="of_topics", help_text="Topics or groups (`people.*`), with commas between them."
    )
    employee = NumberIn(field_name="person_id", help_text="Ids of people, with commas between them.")

    class Meta:
        model = Fact
        fields: list[str] = []

    def of_topics(self, queryset: QuerySet[Fact], name: str, value: list[str]) -> QuerySet[Fact]:
        """Facts of these topics. One that is in no catalogue and was never heard of is mistyped, and refused."""
        named = {pattern for pattern in value if pattern}
        strange = (pattern for pattern in sorted(named) if not is_known_choice(pattern))
        if unknown := [pattern for pattern in strange if not queryset.filter(topic=pattern).exists()]:
            raise QueryError({"topics": [_("There is no event %s.") % ", ".join(unknown)]})
        return queryset.filter(any_of(_facts_of(pattern) for pattern in named))


def _facts_of(pattern: str) -> Q:
    """What a topic, a group of them or `*` stands for."""
    return Q(topic__startswith=pattern[:-1]) if pattern.endswith("*") else Q(topic=pattern)


class PositionPages(CursorPages):
    ordering = "position"


UP_TO = OpenApiParameter(
    WATERMARK,
    {"type": "string"},
    OpenApiParameter.HEADER,
    description="On the first page: the newest position there is, to follow from after a first full copy.",
    response=[200],
)


@extend_schema_view(list=extend_schema(parameters=[UP_TO]))
class ChangeViewSet(ResourceViewSet):
    """Everything that happened, oldest first. For a client by itself: a person reads the audit trail."""

    http_method_names = ["get"]
    access = Access(scopes={"list": ""})
    queryset = Fact.objects.filter(position__isnull=False)
    serializer_class = ChangeSerializer
    filterset_class = ChangeFilter
    pagination_class = PositionPages

    def get_queryset(self) -> QuerySet[Fact]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        viewer = self.by.viewer
        if not viewer.is_client:
            raise PermissionDenied(_("The change feed is read without Act-For."))
        return heard_by(self.by)

    def paginate_queryset(self, queryset: Any) -> Any:
        if "cursor" not in self.request.query_params:
            newest = Fact.objects.aggregate(newest=Max("position"))["newest"]
            self.headers[WATERMARK] = str(newest or 0)  # before the rows are read
        return super().paginate_queryset(queryset)
