"""The catalogues: English for every Vietnamese text of ours, Vietnamese for every text of the packages we show."""

import ast
import gettext
import re
import shutil
import subprocess
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.conf import global_settings
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import ngettext, pgettext, trans_real

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "khoidan" / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.mo"
CATALOGUES = sorted(LOCALE.rglob("*.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")
VIETNAMESE = re.compile(r"[À-ÖØ-öø-ỹ]")
GETTEXT = {
    "_",
    "_now",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
}
# Vietnamese that is data, or is read and never shown.
UNTRANSLATED = {
    "core/dates.py": "what people may type for today",
    "core/text.py": "the alphabet",
    "files/checking/secrecy.py": "the marks that papers bear",
    "tasks/models/wording.py": "the words in braces that templates are written with",
}
TRANSLATED = re.compile(
    r"{% blocktranslate.*?{% endblocktranslate %}|{% translate .*?%}|{#.*?#}|_\(\"[^\"]*\"\)|lang=\"vi\"[^>]*>[^<]*<",
    re.DOTALL,
)

needs_gettext = pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")


def read(path):
    """{msgid: msgstr} of a compiled catalogue without its header; plural forms as {(msgid, form): msgstr}."""
    with open(path, "rb") as file:
        return {key: text for key, text in gettext.GNUTranslations(file)._catalog.items() if key}


def compiled(path, folder, *, untranslated_as_is=False):
    """What msgfmt makes of a .po file now."""
    made = folder / "made.mo"
    if untranslated_as_is:
        subprocess.run(["msgen", "-o", folder / "all.po", path], check=True)
        path = folder / "all.po"
    subprocess.run(["msgfmt", "--check-format", "-o", made, path], check=True)
    return read(made)


@needs_gettext
@pytest.mark.parametrize("catalogue", CATALOGUES, ids=str)
def test_the_compiled_catalogue_is_the_written_one(catalogue, tmp_path):
    assert read(catalogue.with_suffix(".mo")) == compiled(catalogue, tmp_path)


@pytest.fixture
def gathered(tmp_path, monkeypatch, settings):
    """A copy of our sources whose English catalogue was just gathered anew."""
    for name in ("khoidan", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    settings.LOCALE_PATHS = [tmp_path / "khoidan" / "locale"]
    monkeypatch.chdir(tmp_path)
    call_command("makemessages", locale=["en"], verbosity=0)
    return tmp_path / "khoidan" / "locale" / "en" / "LC_MESSAGES" / "django.po"


@needs_gettext
def test_english_is_complete_and_holds_nothing_else(gathered, tmp_path):
    wanted = set(compiled(gathered, tmp_path, untranslated_as_is=True))
    there = set(read(ENGLISH))
    assert wanted - there == set(), "run `make messages` and translate what is new"
    assert there - wanted == set(), "run `make messages`: these are gone"
    unsure = subprocess.run(["msgattrib", "--only-fuzzy", gathered], check=True, capture_output=True, text=True)
    assert unsure.stdout == ""


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=str)
def test_placeholders_are_the_same_in_both_languages(catalogue):
    for key, text in read(catalogue.with_suffix(".mo")).items():
        source = key if isinstance(key, str) else key[0]
        assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(text)), source


def test_english_is_not_vietnamese():

    left = [text for text in read(ENGLISH).values() if VIETNAMESE.search(text)]
    assert left == []


@needs_gettext
def test_every_text_of_the_packages_has_vietnamese(tmp_path):
    known = trans_real.translation("vi")._catalog
    names_of_languages = set(dict(global_settings.LANGUAGES).values())
    welcome = Path(django.__file__).parent / "views" / "templates" / "default_urlconf.html"
    unseen = re.sub(r"{{ (\w+) }}", r"%(\1)s", welcome.read_text())
    lacking = {
        key
        for catalogue in catalogues_of_packages()
        for key in compiled(catalogue, tmp_path, untranslated_as_is=True)
        if known.get(first_form(key)) is None and key not in names_of_languages and str(key) not in unseen
    }
    assert lacking == set()


def first_form(key):
    """Vietnamese has one form where English has two."""
    return key if isinstance(key, str) else (key[0], 0)


def catalogues_of_packages():
    """A catalogue of each package we run, in whatever language holds all its texts."""
    folders = [Path(django.__file__).parent / "conf", *(Path(config.path) for config in apps.get_app_configs())]
    for folder in folders:
        if ROOT / "khoidan" not in folder.parents:
            offered = [folder / "locale" / code / "LC_MESSAGES" / "django.po" for code in ("en", "de", "fr")]
            yield from [path for path in offered if path.exists()][:1]


def test_counting_works_in_both_languages():
    said = {}
    for language in ("vi", "en"):
        with translation.override(language):
            said[language] = [ngettext("còn %(days)s ngày", "còn %(days)s ngày", n) % {"days": n} for n in (0, 1, 2)]
    assert said["vi"] == ["còn 0 ngày", "còn 1 ngày", "còn 2 ngày"]
    assert said["en"] == ["0 days left", "1 day left", "2 days left"]


def test_a_context_without_translation_is_not_shown():
    with translation.override("vi"):
        assert pgettext("số nhiều", "đơn vị") == "đơn vị"


def literals(tree):
    """Vietnamese texts of a module that are neither translated nor documentation."""
    spoken = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in GETTEXT:
            spoken |= {id(part) for argument in node.args for part in ast.walk(argument)}
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            spoken.add(id(node.value))
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        if VIETNAMESE.search(text) and id(node) not in spoken:
            yield f"{node.lineno}: {text}"


def test_no_vietnamese_in_code_escapes_translation():
    escaped = [
        f"{path.relative_to(ROOT)}:{text}"
        for path in sorted((ROOT / "khoidan").rglob("*.py"))
        if path.relative_to(ROOT / "khoidan").as_posix() not in UNTRANSLATED and "migrations" not in path.parts
        for text in literals(ast.parse(path.read_text()))
    ]
    assert escaped == []


def test_no_vietnamese_in_templates_escapes_translation():
    escaped = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for line in TRANSLATED.sub("", path.read_text()).splitlines()
        if VIETNAMESE.search(line)
    ]
    assert escaped == []


def test_a_text_left_out_would_be_found():
    """Negative control of the two searches above."""
    assert list(literals(ast.parse('def f():\n    """Tài liệu."""\n    return "Chưa dịch", _("Đã dịch")'))) == [
        "3: Chưa dịch"
    ]
    assert TRANSLATED.sub("", '{% translate "Đã dịch" %}<p>Chưa dịch</p>') == "<p>Chưa dịch</p>"
