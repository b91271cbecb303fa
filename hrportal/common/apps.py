from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "hrportal.common"

    def ready(self) -> None:
        from hrportal.common import checks  # noqa: F401, PLC0415  (registers the checks once apps are loaded)
