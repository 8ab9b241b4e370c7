"""What the environment makes of the settings."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SHOWN = "from django.conf import settings as s; print(s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD)"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({}, "False False"),
        ({"HSTS_SUBDOMAINS": "1"}, "True False"),
        ({"HSTS_SUBDOMAINS": "1", "HSTS_PRELOAD": "1"}, "True True"),
        ({"HSTS_SUBDOMAINS": "1", "HSTS_PRELOAD": "1", "HTTPS": "0"}, "False False"),
    ],
)
def test_other_sites_of_the_domain_are_bound_on_demand_only(given, shown):
    fixed = {"DJANGO_SETTINGS_MODULE": "khoidan.settings", "KHOIDAN_NO_DATABASE": "1", "HTTPS": "1"}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HSTS_")} | fixed | given
    command = [sys.executable, "-c", SHOWN]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == shown, done.stderr
