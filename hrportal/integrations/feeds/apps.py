from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "hrportal.integrations.feeds"
    label = "feeds"

    def ready(self) -> None:
        from hrportal.integrations.feeds import jobs, lists  # noqa: F401, PLC0415  (registers the kinds of work; models must be loaded)
