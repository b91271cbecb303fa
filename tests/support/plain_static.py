"""The portal's settings for collecting the static files of served portals: named as in production and not compressed,
for that takes a minute and changes nothing that a test looks at."""

from hrportal.settings import *  # noqa: F403
from hrportal.settings import STORAGES

PLAIN = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": PLAIN}}
