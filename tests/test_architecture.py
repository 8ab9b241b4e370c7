"""The rules of the house, checked: who imports whom, how long things are, what templates may hold, what is tracked."""

import ast
import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.backends.postgresql.psycopg_any import is_psycopg3

ROOT = Path(settings.BASE_DIR)
FUNCTION, MODULE, TEMPLATE, USUAL_MODULE = 25, 250, 100, 120

MODULES = sorted(path for path in (ROOT / "khoidan").rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SOURCES = {path: path.read_text() for path in MODULES + TEMPLATES}

UNUSED_LINKS = {"accounts.User_groups", "accounts.User_user_permissions"}  # rights come from appointments alone

# Tables whose rows are written by the machinery itself, or are history already.
UNTRACKED = {
    "accounts.Session",
    "notices.Notice",  # tells of an act that Event keeps
    "organizations.Event",
    "organizations.UnitUserObjectPermission",
    "organizations.UnitGroupObjectPermission",
    "tasks.Sheet",  # a file on its way; the tasks made of it are tracked
}
MAKES_SAFE = {"khoidan/core/icons.py", "khoidan/core/templatetags/khoidan.py"}  # drawings of a pinned package
FORBIDDEN_IN_TEMPLATES = {
    "safe": re.compile(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off"),
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\ssrc=)|javascript:", re.IGNORECASE),
    "handler": re.compile(r"""<[^>]*\s(on[a-z]+|hx-on[:a-z-]*)\s*=""", re.IGNORECASE),
}


def name(path):
    return path.relative_to(ROOT).as_posix()


def lines(path):
    """How many lines are not blank."""
    return sum(1 for line in SOURCES[path].splitlines() if line.strip())


def functions():
    """(where, node) of every function of the source."""
    for path in MODULES:
        for node in ast.walk(ast.parse(SOURCES[path])):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name(path)}:{node.lineno} {node.name}", node


def imports(tree):
    """Dotted names of everything that `tree` imports, relative ones with their dots."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def run(*arguments, **environment):
    """One command of manage.py in a process of its own: settings are read once per process."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"} | environment,
        capture_output=True,
        text=True,
    )


def test_apps_import_only_from_rows_below():
    """In a process of its own: the linter silences the loggers of whoever calls it."""
    linter = Path(sys.executable).with_name("lint-imports")
    check = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert check.returncode == 0, check.stdout


def test_models_import_no_forms_filters_or_views():
    upward = re.compile(r"(^|\.)(forms|filters|views|urls|admin)(\.|$)")
    found = {
        (name(path), imported)
        for path in MODULES
        if "models" in path.parts or path.name == "models.py"
        for imported in imports(ast.parse(SOURCES[path]))
        if upward.search(imported) and not imported.startswith("django")
    }
    assert found == set()


def test_nothing_is_imported_inside_a_function():
    found = {where for where, node in functions() if node.name != "ready" and list(imports(node))}
    assert found == set()


def test_what_is_imported_is_declared():
    """A package that comes along with another one may go with it."""
    declared = set(re.findall(r"^[\w-]+", (ROOT / "requirements.in").read_text(), re.MULTILINE))
    given_by = packages_distributions()
    found = {imported.split(".")[0] for path in MODULES for imported in imports(ast.parse(SOURCES[path]))}
    known = {
        package: {name.lower().replace("_", "-") for name in given_by[package]} for package in found & set(given_by)
    }
    assert {package for package, names in known.items() if not names & declared} == set()


def test_functions_fit_a_screen():
    long = {where: node.end_lineno - node.lineno + 1 for where, node in functions()}
    assert {where: size for where, size in long.items() if size > FUNCTION} == {}


def test_modules_fit_the_head():
    assert {name(path): lines(path) for path in MODULES if lines(path) > MODULE} == {}


def test_most_modules_are_short():
    sizes = sorted(lines(path) for path in MODULES if lines(path))
    assert sizes[int(len(sizes) * 0.9)] <= USUAL_MODULE, sizes[int(len(sizes) * 0.9) :]


def test_templates_fit_a_screen():
    sizes = {name(path): len(SOURCES[path].splitlines()) for path in TEMPLATES}
    assert {path: size for path, size in sizes.items() if size > TEMPLATE} == {}


@pytest.mark.parametrize("rule", FORBIDDEN_IN_TEMPLATES)
def test_templates_escape_everything_and_hold_no_style_or_script(rule):
    pattern = FORBIDDEN_IN_TEMPLATES[rule]
    found = {name(path): match.group() for path in TEMPLATES if (match := pattern.search(SOURCES[path]))}
    assert found == {}


def test_the_rules_for_templates_see_what_they_forbid():
    wrong = {
        "safe": ["{{ x|safe }}", "{{ x | safe }}", "{% autoescape off %}"],
        "inline style": ["<style>", '<p style="x">'],
        "inline script": ["<script>", '<a href="javascript:x">', '<script type="module">'],
        "handler": ['<a onclick="x">', '<a class="b" hx-on:click="x">', "<body onload=x>"],
    }
    right = ['<script src="{% static "js/app.js" %}" defer></script>', "{{ safe }}", '<a data-on="x" content="y">']
    assert [rule for rule, texts in wrong.items() for t in texts if not FORBIDDEN_IN_TEMPLATES[rule].search(t)] == []
    assert [text for text in right for rule in FORBIDDEN_IN_TEMPLATES.values() if rule.search(text)] == []


def test_text_is_declared_safe_in_two_modules_only():
    assert {name(path) for path in MODULES if "mark_safe(" in SOURCES[path]} == MAKES_SAFE


def test_sql_goes_through_psycopg_2():
    assert is_psycopg3 is False


def own_models(*, through=False):
    """Models of khoidan that hold data, histories apart; with `through`, the tables of many-to-many fields instead."""
    for model in apps.get_models(include_auto_created=True):
        history = getattr(model, "pgh_tracked_model", None)
        if model.__module__.startswith("khoidan.") and not history and bool(model._meta.auto_created) == through:
            yield model


def tracked():
    return {model.pgh_tracked_model for model in apps.get_models() if getattr(model, "pgh_tracked_model", None)}


def test_every_change_of_every_record_is_tracked():
    assert {model._meta.label for model in own_models()} - {model._meta.label for model in tracked()} == UNTRACKED


def test_every_link_added_or_removed_is_tracked():
    known = {model._meta.concrete_model._meta.label for model in tracked()}
    assert {model._meta.label for model in own_models(through=True)} - known == UNUSED_LINKS


def test_migrations_are_complete():
    check = run("makemigrations", "--check", "--dry-run", KHOIDAN_NO_DATABASE="1")
    assert (check.returncode, check.stdout.strip()) == (0, "No changes detected"), check.stdout + check.stderr


def test_settings_are_ready_for_the_world():
    secret = "k1Xz-9_Qw7" * 8
    check = run("check", "--deploy", "--fail-level", "WARNING", HTTPS="1", DEBUG="0", SECRET_KEY=secret)
    assert (check.returncode, check.stderr) == (0, "")
    assert check.stdout.startswith("System check identified no issues"), check.stdout
