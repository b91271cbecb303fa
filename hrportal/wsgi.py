"""The web door. Without a broker, this process also works off deliveries and jobs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hrportal.settings")

application = get_wsgi_application()

from hrportal.journal import relay  # noqa: E402  (needs the app registry)

relay.start_if_embedded()
