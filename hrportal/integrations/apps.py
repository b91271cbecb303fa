from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "hrportal.integrations"
    label = "integrations"

    def ready(self) -> None:
        from hrportal.integrations import jobs, lists  # noqa: F401, PLC0415  (register what is done daily, and lists to take away)
        from hrportal.integrations.oauth import openapi  # noqa: F401, PLC0415  (makes the token scheme known)
        from hrportal.integrations.oauth.naming import names_of_clients  # noqa: PLC0415  (models must be loaded)
        from hrportal.people.slots import provide  # noqa: PLC0415

        provide("people.programs", names_of_clients)
