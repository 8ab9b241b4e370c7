#!/usr/bin/env python
"""Django's command line for khoidan."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from khoidan.core.local import use_local_secret

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khoidan.settings")
    use_local_secret()
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
