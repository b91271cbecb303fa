from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "performance"

    def ready(self) -> None:
        from performance import jobs, lists, panels, signals  # noqa: F401, PLC0415  (registers the kinds of work; models must be loaded)

        panels.fill_slots()
        signals.connect()
