from django.apps import AppConfig


class ScimConfig(AppConfig):
    name = "hrportal.integrations.scim"
    label = "scim"

    def ready(self) -> None:
        from hrportal.integrations.scim import jobs  # noqa: F401, PLC0415  (makes the daily clean-up known)
