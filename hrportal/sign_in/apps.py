from django.apps import AppConfig


class SignInConfig(AppConfig):
    name = "hrportal.sign_in"
    label = "sign_in"

    def ready(self) -> None:
        from hrportal.people.slots import provide  # noqa: PLC0415  (models are there only now)
        from hrportal.sign_in import lists, notices  # noqa: F401, PLC0415  (a worker knows them too, and loads no page)
        from hrportal.sign_in.panels import sign_in_panel  # noqa: PLC0415

        provide("people.account_page", sign_in_panel)
