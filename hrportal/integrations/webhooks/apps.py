from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "hrportal.integrations.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        from hrportal.integrations.webhooks import jobs, lists, notices, tasks  # noqa: F401, PLC0415  (make themselves known)
        from hrportal.integrations.webhooks.catalogue import EVENTS  # noqa: PLC0415
        from hrportal.journal.wording import put_into_words  # noqa: PLC0415

        put_into_words({topic: event.words for topic, event in EVENTS.items()})
