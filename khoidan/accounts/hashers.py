from django.contrib.auth.hashers import Argon2PasswordHasher


class OfficeArgon2(Argon2PasswordHasher):
    """Argon2id at OWASP's minimum (19 MiB, 2 rounds, 1 lane): 50 sign-ins within seconds do not queue."""

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1
