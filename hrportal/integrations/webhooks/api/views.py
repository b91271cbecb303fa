"""Endpoints and deliveries."""

from typing import Any

from allauth.idp.oidc.models import Client
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.api import version_of
from hrportal.common.resources import ResourceViewSet, verb
from hrportal.common.schema import IF_MATCH
from hrportal.integrations.oauth.scopes import Scope
from hrportal.integrations.webhooks import actions as steps
from hrportal.integrations.webhooks import filters
from hrportal.integrations.webhooks.api import serializers as shapes
from hrportal.integrations.webhooks.catalogue import EVENTS
from hrportal.integrations.webhooks.models import Endpoint, Message
from hrportal.journal.api import STARTS_JOB, started

MANAGE: dict[str, str] = {"*": Scope.WEBHOOKS_MANAGE}


class WebhookEndpointViewSet(ResourceViewSet):
    """Addresses that are told what happens. A client looks after its own."""

    http_method_names = ["get", "post", "patch", "delete"]
    access = Access(scopes=MANAGE)
    takes_version = frozenset({"partial_update"})
    permission_map = {
        "create": "webhooks.create_endpoint",
        "partial_update": "webhooks.change_endpoint",
        "destroy": "webhooks.remove_endpoint",
        "pause": "webhooks.pause_endpoint",
        "resume": "webhooks.resume_endpoint",
        "rotate_secret": "webhooks.rotate_secret",
        "test": "webhooks.test_endpoint",
        "replay": "webhooks.replay_messages",
    }
    queryset = Endpoint.objects.select_related("client").order_by("id")
    serializer_class = shapes.WebhookEndpointSerializer
    filterset_class = filters.EndpointFilter

    @extend_schema(request=shapes.WebhookEndpointInput, responses={201: shapes.WebhookEndpointWithSecretSerializer})
    def create(self, request: Request) -> Response:
        """Set up an endpoint that hears of what happens from now on. The secret is shown this once."""
        given: dict[str, Any] = self.taken(shapes.WebhookEndpointInput)
        client = self._client(given.pop("client_id", ""))
        endpoint, secret = steps.create_endpoint(client, by=self.by, **given)
        return self._with_secret(endpoint, secret, 201)

    @extend_schema(
        parameters=[IF_MATCH], request=shapes.WebhookEndpointChange, responses=shapes.WebhookEndpointSerializer
    )
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change address, events, format, limit or description."""
        endpoint = self.get_object()
        given: dict[str, Any] = self.taken(shapes.WebhookEndpointChange, partial=True)
        with version_of(request, given.pop("version", None)) as version:
            return self.changed(steps.change_endpoint(endpoint, by=self.by, version=version, **given))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: int) -> Response:
        """Remove it with its secrets and its log."""
        steps.remove_endpoint(self.get_object(), by=self.by)
        return Response(status=204)

    @verb(shapes.RotateSecretInput, schema={"responses": shapes.WebhookEndpointWithSecretSerializer})
    def rotate_secret(self, endpoint: Endpoint, overlap_hours: int) -> Response:
        """Make a new secret. The one before signs as well for a while, so that nothing is refused meanwhile."""
        secret = steps.rotate_secret(endpoint, by=self.by, overlap_hours=overlap_hours)
        return self._with_secret(endpoint, secret, 200)

    @verb()
    def pause(self, endpoint: Endpoint) -> Endpoint:
        """Send nothing for now. What happens meanwhile is kept."""
        return steps.pause_endpoint(endpoint, by=self.by)

    @verb(shapes.ResumeEndpointInput)
    def resume(self, endpoint: Endpoint, skip_missed: bool) -> Endpoint:
        """Send again, after a pause or after the portal gave up: with what was missed, or without."""
        return steps.resume_endpoint(endpoint, by=self.by, skip_missed=skip_missed)

    @verb(schema={"responses": {202: shapes.WebhookDeliverySerializer}})
    def test(self, endpoint: Endpoint) -> Response:
        """Send the event `webhooks.test`, once. The answer is the delivery; ask again what came of it."""
        message = steps.test_endpoint(endpoint, by=self.by)
        return Response(shapes.WebhookDeliverySerializer(message).data, status=202)

    @verb(shapes.ReplayInput, schema=STARTS_JOB)
    def replay(self, endpoint: Endpoint, **range_: Any) -> Response:
        """Send a range of events again, with the ids they had: also those the log has forgotten."""
        return started(steps.replay_messages(endpoint, by=self.by, **range_), self)

    @extend_schema(responses=shapes.WebhookEventTypeSerializer(many=True), filters=False)
    @action(detail=False, methods=["get"], pagination_class=None)
    def events(self, request: Request) -> Response:
        """Every event there is, in words, with the scope it takes."""
        return Response(shapes.WebhookEventTypeSerializer(EVENTS.values(), many=True).data)

    def _client(self, named: str) -> Client:
        """Whose endpoint it shall be: the calling client's; an administrator may name another."""
        own = getattr(self.by, "client_id", "")
        if named not in {"", own} and self.by.viewer.is_client:
            raise ValidationError({"client_id": _("A client sets up endpoints of its own.")})
        client = Client.objects.filter(pk=named or own).first()
        if client is None:
            raise ValidationError({"client_id": _("There is no such client.")})
        return client

    def _with_secret(self, endpoint: Endpoint, secret: str, status: int) -> Response:
        context = {**self.get_serializer_context(), "secret": secret}
        return Response(shapes.WebhookEndpointWithSecretSerializer(endpoint, context=context).data, status=status)


class WebhookDeliveryViewSet(ResourceViewSet):
    """What was sent, waits or was given up, for thirty days."""

    access = Access(scopes=MANAGE)
    http_method_names = ["get", "post"]
    permission_map = {"resend": "webhooks.resend_message"}
    queryset = Message.objects.order_by("id")
    serializer_class = shapes.WebhookDeliverySerializer
    detail_serializer_class = shapes.WebhookDeliveryDetailSerializer
    filterset_class = filters.DeliveryFilter

    def rows(self) -> Any:
        rows = super().rows()
        if self.action == "list":
            return rows
        return rows.select_related("fact", "endpoint__client").prefetch_related("attempts")

    @verb()
    def resend(self, message: Message) -> Message:
        """Send it again now, with the same id."""
        return steps.resend_message(message, by=self.by)
