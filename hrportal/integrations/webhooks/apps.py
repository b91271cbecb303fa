from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "hrportal.integrations.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        from hrportal.integrations.webhooks import jobs, notices, tasks  # noqa: F401, PLC0415  (make themselves known)
