from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "hrportal.journal"
    label = "journal"

    def ready(self) -> None:
        from hrportal.journal import tasks  # noqa: F401, PLC0415  (a worker that starts sweeps at once)
