"""Django as it serves people, for a process of the benchmarks; imported before anything of khoidan."""

import os
from pathlib import Path

import django

from khoidan.core.database import prepare_for
from khoidan.core.local import use_local_secret

TEMPLATES = Path(__file__).parent / "templates"


def begin():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khoidan.settings")
    os.environ.setdefault("HTTPS", "1")
    use_local_secret()
    prepare_for("bench")
    django.setup()
    from khoidan.core.serving import collect_static

    collect_static()
