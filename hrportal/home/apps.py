from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "hrportal.home"
    label = "home"

    def ready(self) -> None:
        from hrportal.home import audit  # noqa: F401, PLC0415  (makes its list known)
        from hrportal.home.facts import WORDS  # noqa: PLC0415  (the rooms must be there to be read)
        from hrportal.journal.wording import put_into_words  # noqa: PLC0415

        put_into_words(WORDS)
