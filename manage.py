#!/usr/bin/env python
"""Django's command line for khoidan."""

import os
import sys
from contextlib import closing

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError

from khoidan.core.database import prepare_for
from khoidan.core.embedded import use
from khoidan.core.local import use_local_secret
from khoidan.core.readiness import excuse

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khoidan.settings")
    use_local_secret()
    prepare_for(sys.argv[1] if sys.argv[1:] else "help")
    try:
        with closing(use):
            execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"error: {error}")
    except DatabaseError as error:
        if sentence := excuse(error):
            sys.exit(f"error: {sentence}")
        raise
    except KeyboardInterrupt:
        sys.exit(130)
