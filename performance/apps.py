from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "performance"

    def ready(self) -> None:
        from performance import (  # noqa: PLC0415  (models must be loaded)
            cycle_lists,  # noqa: F401
            goal_lists,  # noqa: F401
            jobs,  # noqa: F401
            lists,  # noqa: F401
            panels,
            signals,
            talk_lists,  # noqa: F401
        )

        panels.fill_slots()
        signals.connect()
