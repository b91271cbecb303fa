from django.apps import AppConfig
from django.contrib.staticfiles import apps as staticfiles


class CommonConfig(AppConfig):
    name = "hrportal.common"

    def ready(self) -> None:
        from hrportal.common import checks  # noqa: F401, PLC0415  (registers the checks once apps are loaded)


class StaticFilesConfig(staticfiles.StaticFilesConfig):
    """Collects what pages ask for, and not what packages bring besides: half of the files, and most of the work."""

    ignore_patterns = [
        *staticfiles.StaticFilesConfig.ignore_patterns,
        "django_htmx/*",
        "drf_spectacular_sidecar/redoc/*",
        "rest_framework/*",
    ]
