"""What one machine keeps for itself under var/: its secrets stand in no repository and in no backup."""

import os
import secrets
import shutil
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

VAR = Path(__file__).resolve().parent.parent.parent / "var"
SECRET = VAR / "secret-key"
DEMO_PASSWORD = VAR / "demo-password"
ROOM = 400  # megabytes: a new cluster, its first log and the collected static files


def require_space(room=ROOM):
    free = shutil.disk_usage(VAR).free // 2**20
    if free < room:
        raise ImproperlyConfigured(f"Disk full: {free} MB free at {VAR}, {room} needed. Free some and run again.")


def write_private(path, text):
    """Only the owner may read the file from the moment it exists."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)


def use_local_secret():
    """Take SECRET_KEY from var/secret-key when the environment names none and `make` has drawn one."""
    if "SECRET_KEY" not in os.environ and SECRET.exists():
        os.environ["SECRET_KEY"] = SECRET.read_text().strip()


def make_local_secret():
    """Draw the key once, so that everyone stays signed in over restarts."""
    if not SECRET.exists():
        write_private(SECRET, secrets.token_urlsafe(64))


if __name__ == "__main__":
    make_local_secret()
