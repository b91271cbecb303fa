from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "hrportal.people"
    label = "people"

    def ready(self) -> None:
        from hrportal.people import checks, jobs, lists, signals  # noqa: F401, PLC0415  (models must be loaded)

        signals.connect()
