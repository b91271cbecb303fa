"""Endpoints and what was sent to them, as the API has them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import StrictSerializer
from hrportal.integrations.webhooks.actions import LONGEST_OVERLAP
from hrportal.integrations.webhooks.enums import Envelope, MessageState
from hrportal.integrations.webhooks.models import MOST_PER_MINUTE, Attempt, Endpoint, Message
from hrportal.integrations.webhooks.payloads import payload_of

LARGEST_POSITION = 2**63 - 1
MOST_PATTERNS = 200


class WebhookEventData(serializers.Serializer):
    """What happened to which row, about whom. Fetch the row to see how it is now."""

    position = serializers.IntegerField(help_text="The position in the change feed; rises with each event.")
    subject_type = serializers.CharField()
    subject_id = serializers.IntegerField()
    employee = serializers.IntegerField(allow_null=True, help_text="The employee it is about, if it is about one.")
    version = serializers.IntegerField()
    data = serializers.DictField(help_text="Ids of what else is concerned.")  # type: ignore[assignment]
    is_shortened = serializers.BooleanField(required=False, help_text="Ids were left out, because there are too many.")


class WebhookEvent(serializers.Serializer):
    """The body of a message, unless the endpoint asked for CloudEvents."""

    type = serializers.CharField(help_text="The topic, as in the change feed.")
    timestamp = serializers.DateTimeField(help_text="When it happened.")
    data = WebhookEventData()  # type: ignore[assignment]


class WebhookEndpointSerializer(serializers.ModelSerializer):
    """An address that is told what happens."""

    client_id = serializers.CharField(read_only=True, help_text="The client it belongs to, whose scopes count.")
    events = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Endpoint
        fields = [
            "id",
            "client_id",
            "url",
            "description",
            "events",
            "envelope",
            "most_per_minute",
            "state",
            "disabled_because",
            "version",
            "created_at",
            "last_success_at",
            "last_failure_at",
            "failures",
        ]
        read_only_fields = fields


class WebhookEndpointWithSecretSerializer(WebhookEndpointSerializer):
    """An endpoint with the secret to check signatures with. It is shown this once."""

    secret = serializers.SerializerMethodField()

    class Meta(WebhookEndpointSerializer.Meta):
        fields = [*WebhookEndpointSerializer.Meta.fields, "secret"]
        read_only_fields = fields

    def get_secret(self, endpoint: Endpoint) -> str:
        return self.context["secret"]


class WebhookEndpointFields(StrictSerializer):
    """What there is to say of an endpoint. Events are topics, groups (`performance.*`) or everything (`*`); the client's
    scopes narrow them."""

    url = serializers.CharField(max_length=500)
    events = serializers.ListField(
        child=serializers.CharField(max_length=100), allow_empty=False, max_length=MOST_PATTERNS
    )
    description = serializers.CharField(max_length=200, required=False, allow_blank=True)
    envelope = serializers.ChoiceField(choices=Envelope.choices, required=False)
    most_per_minute = serializers.IntegerField(
        min_value=1, max_value=MOST_PER_MINUTE, required=False, allow_null=True, help_text="Empty for no limit."
    )


class WebhookEndpointInput(WebhookEndpointFields):
    """A new endpoint."""

    client_id = serializers.CharField(
        max_length=100, required=False, help_text="Whose it shall be, if an administrator sets it up for a client."
    )


class WebhookEndpointChange(WebhookEndpointFields):
    """What is to be otherwise; the rest stays."""

    version = serializers.IntegerField(min_value=1, required=False, help_text="As read; or send If-Match.")


class RotateSecretInput(StrictSerializer):
    """How long the secret before signs as well."""

    overlap_hours = serializers.IntegerField(min_value=0, max_value=LONGEST_OVERLAP, default=24)


class ResumeEndpointInput(StrictSerializer):
    """Whether what was missed is sent."""

    skip_missed = serializers.BooleanField(default=False, help_text="Begin with what happens from now on.")


class ReplayInput(StrictSerializer):
    """A range of positions, or of time; without an end, up to now."""

    first = serializers.IntegerField(min_value=1, max_value=LARGEST_POSITION, required=False)
    last = serializers.IntegerField(min_value=1, max_value=LARGEST_POSITION, required=False)
    since = serializers.DateTimeField(required=False)
    until = serializers.DateTimeField(required=False)


class WebhookEventTypeSerializer(serializers.Serializer):
    """One kind of event."""

    topic = serializers.CharField()
    subject_type = serializers.CharField(source="subject")
    description = serializers.CharField(source="words")
    scope = serializers.CharField(help_text="What a client needs to hear it.")


class WebhookAttemptSerializer(serializers.ModelSerializer):
    """One request and what came back."""

    class Meta:
        model = Attempt
        fields = ["made_at", "status", "milliseconds", "error", "excerpt"]
        read_only_fields = fields


class WebhookDeliverySerializer(serializers.ModelSerializer):
    """One event for one endpoint."""

    endpoint = serializers.IntegerField(source="endpoint_id", read_only=True)
    next_try_at = serializers.SerializerMethodField()

    class Meta:
        model = Message
        fields = [
            "id",
            "endpoint",
            "webhook_id",
            "topic",
            "position",
            "state",
            "attempts_made",
            "next_try_at",
            "last_status",
            "reason",
            "made_at",
            "done_at",
        ]
        read_only_fields = fields
        extra_kwargs = {"position": {"help_text": "0 for a test."}}

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_next_try_at(self, message: Message) -> Any:
        return message.next_try_at if message.state == MessageState.PENDING else None


class WebhookDeliveryDetailSerializer(WebhookDeliverySerializer):
    """The same with every attempt, and what is sent."""

    attempts = WebhookAttemptSerializer(many=True, read_only=True)
    event = serializers.SerializerMethodField()

    class Meta(WebhookDeliverySerializer.Meta):
        fields = [*WebhookDeliverySerializer.Meta.fields, "attempts", "event"]
        read_only_fields = fields

    @extend_schema_field(WebhookEvent)
    def get_event(self, message: Message) -> Any:
        return payload_of(message)
