from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "hrportal.people"
    label = "people"

    def ready(self) -> None:
        from hrportal.people import (  # noqa: PLC0415  (models must be loaded)
            administration_lists,  # noqa: F401
            checks,  # noqa: F401
            import_jobs,  # noqa: F401
            import_lists,  # noqa: F401
            jobs,  # noqa: F401
            lists,  # noqa: F401
            organisation_lists,  # noqa: F401
            signals,
        )

        signals.connect()
