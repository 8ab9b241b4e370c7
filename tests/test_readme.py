"""What README.md tells exists: targets of make, commands, settings, folders."""

import re
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
README = (ROOT / "README.md").read_text()
READ_FROM_THE_ENVIRONMENT = re.compile(r"""env(?:iron)?(?:\.\w+)?[(\[]"([A-Z_]+)\"""")
NAMES_A_TARGET = re.compile(r"(?:`|^)make ([a-z-]+)", re.MULTILINE)
OF_THE_MACHINERY = {"DJANGO_SETTINGS_MODULE", "KHOIDAN_NO_DATABASE", "KHOIDAN_EMBEDDED"}


def sources(*folders):
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


def test_every_target_that_is_named_is_one():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    texts = {path: path.read_text() for path in [ROOT / "README.md", *sources("khoidan", "tests")]}
    named = {(where, name) for where, text in texts.items() for name in NAMES_A_TARGET.findall(text)}
    assert {name for _where, name in named} > {"run", "test", "soak"}
    assert {(where, name) for where, name in named if name not in targets} == set()


def test_every_command_that_is_named_is_one():
    named = set(re.findall(r"manage\.py (\w+)", README))
    assert named > {"migrate", "load_preset", "appoint"}
    assert named <= set(get_commands())


def test_every_setting_of_the_environment_is_in_the_table():
    read = {name for path in sources("khoidan") for name in READ_FROM_THE_ENVIRONMENT.findall(path.read_text())}
    told = {name for row in re.findall(r"^\| (`[A-Z].*?) \|", README, re.MULTILINE) for name in re.findall(r"\w+", row)}
    assert read - OF_THE_MACHINERY == told


def test_every_folder_of_the_house_is_there():
    told = [
        name for row in re.findall(r"^\| (`[a-z].*?) \|", README, re.MULTILINE) for name in re.findall(r"`(.+?)`", row)
    ]
    assert {"khoidan/core", "tests"} < set(told)
    assert [name for name in told if not (ROOT / name).is_dir()] == []
