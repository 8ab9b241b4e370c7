"""The files of fixtures/: data only; fixtures/README.md says what their fields mean."""

import json

from django.conf import settings

from khoidan.core.text import fold

FIXTURES = settings.BASE_DIR / "fixtures"


def read(name):
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


def areas_of(place):
    """The file of places that comes with khoidan for `place`, or None."""
    path = FIXTURES / f"areas_{fold(place).replace(' ', '_')}.json"
    return path if path.exists() else None


def preset_names():
    return sorted(path.stem for path in (FIXTURES / "presets").glob("*.json"))


def read_preset(name):
    return read(f"presets/{name}.json")
