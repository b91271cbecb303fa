from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "hrportal.people"
    label = "people"

    def ready(self) -> None:
        from hrportal.people import checks  # noqa: F401, PLC0415  (registers the checks once apps are loaded)
