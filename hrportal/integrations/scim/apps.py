from django.apps import AppConfig


class ScimConfig(AppConfig):
    name = "hrportal.integrations.scim"
    label = "scim"

    def ready(self) -> None:
        from hrportal.integrations.scim import jobs, lists  # noqa: F401, PLC0415  (make themselves known)
