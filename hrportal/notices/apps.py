from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "hrportal.notices"

    def ready(self) -> None:
        from hrportal.notices import jobs, lists, tasks  # noqa: F401, PLC0415  (register work and lists; models must be loaded)
