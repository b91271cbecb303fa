from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "hrportal.integrations"
    label = "integrations"
