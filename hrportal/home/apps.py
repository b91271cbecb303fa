from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "hrportal.home"
    label = "home"
