from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "hrportal.people"
    label = "people"

    def ready(self) -> None:
        from hrportal.people import checks, jobs  # noqa: F401, PLC0415  (registers checks and jobs once models are loaded)
