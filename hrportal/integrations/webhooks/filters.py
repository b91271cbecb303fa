"""Filters of the log, for page and API alike."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from hrportal.common.filters import ChoiceIn, NumberIn, ResourceFilter, WordIn
from hrportal.integrations.webhooks.enums import EndpointState, MessageState
from hrportal.integrations.webhooks.models import Endpoint, Message


class EndpointFilter(ResourceFilter):
    state = ChoiceIn(choices=EndpointState.choices)

    class Meta:
        model = Endpoint
        fields: list[str] = []


class DeliveryFilter(ResourceFilter):
    endpoint = NumberIn(field_name="endpoint_id", help_text="Ids of endpoints, with commas between them.")
    state = ChoiceIn(choices=MessageState.choices)
    topics = WordIn(field_name="topic", help_text="Topics, with commas between them.")

    class Meta:
        model = Message
        fields: list[str] = []


class LogFilter(django_filters.FilterSet):
    """What somebody looks for in the log of one endpoint."""

    state = django_filters.ChoiceFilter(choices=MessageState.choices, label=_("State"), empty_label=_("All states"))
    topic = django_filters.ChoiceFilter(label=_("Event"), empty_label=_("All events"))

    class Meta:
        model = Message
        fields: list[str] = []

    def __init__(self, *args: Any, topics: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["topic"].extra["choices"] = [(topic, topic) for topic in topics]
