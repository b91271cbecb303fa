from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "hrportal.notices"

    def ready(self) -> None:
        from hrportal.notices import jobs, lists  # noqa: F401, PLC0415  (registers the kinds of work; models must be loaded)
