"""How passwords are stored."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PortalArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with OWASP's small-memory parameters: eight sign-ins at once stay far below the memory of a small server."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
