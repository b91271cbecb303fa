from django.apps import AppConfig


class CalibrationConfig(AppConfig):
    name = "calibration"

    def ready(self) -> None:
        from calibration import jobs, panels, signals  # noqa: F401, PLC0415  (models, so not before apps are loaded)

        signals.connect()
        panels.connect()
