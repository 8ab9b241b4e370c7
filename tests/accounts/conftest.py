import pytest


@pytest.fixture(autouse=True)
def hashing(settings):
    """Hundreds of sign-ins need not cost what a real one must; test_passwords.py looks at the real hasher."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
