"""The files of fixtures/: data only; fixtures/README.md says what their fields mean."""

import json

from django.conf import settings

FIXTURES = settings.BASE_DIR / "fixtures"


def read(name):
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


def preset_names():
    return sorted(path.stem for path in (FIXTURES / "presets").glob("*.json"))


def read_preset(name):
    return read(f"presets/{name}.json")
