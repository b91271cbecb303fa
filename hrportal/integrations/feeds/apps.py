from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "hrportal.integrations.feeds"
    label = "feeds"
