from django.apps import AppConfig


class TalentConfig(AppConfig):
    name = "talent"

    def ready(self) -> None:
        from talent import panels  # noqa: PLC0415  (models must be loaded)
        from talent.potential import jobs as potential_jobs  # noqa: F401, PLC0415  (registers the kinds of work)
        from talent.retention import jobs as retention_jobs  # noqa: F401, PLC0415
        from talent.retention import signals as retention_signals  # noqa: PLC0415

        panels.fill_slots()
        retention_signals.connect()
