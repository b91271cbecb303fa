"""The portal's settings as the tests see them."""

import os

os.environ.setdefault("MODE", "test")

from hrportal.settings import *  # noqa: F403  (the mode has to be set first)

# With tests.support.with_postgres, test databases begin as copies of this one.
DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = os.environ.get("MIGRATED_DATABASE")  # noqa: F405

# Hashing well is slow on purpose. Tests of sign-in itself put the real hasher back.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# Tests ask more often than clients do. Tests of the limits set some.
API_RATE_LIMITS = {}

# A page that asks the database once per row fails the test that opened it.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]  # noqa: F405
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]  # noqa: F405
ZEAL_RAISE = True
# Signing out asks for the session once for each of allauth's and Django's steps, and giving somebody a manager asks for
# the path above before anything is written and again as it is written; nothing is asked per row.
ZEAL_ALLOWLIST = [{"model": "sessions.Session", "field": "get()"}, {"model": "people.Employee", "field": "get()"}]
