"""The resources of webhooks."""

from hrportal.integrations.webhooks.api import views

resources = {
    "webhook-endpoints": views.WebhookEndpointViewSet,
    "webhook-deliveries": views.WebhookDeliveryViewSet,
}
