from django.apps import AppConfig


class TalentConfig(AppConfig):
    name = "talent"

    def ready(self) -> None:
        from talent import panels  # noqa: PLC0415  (models must be loaded)

        panels.fill_slots()
