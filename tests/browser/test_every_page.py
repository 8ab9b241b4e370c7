"""Every page of the demo, in both languages: nothing for axe, no sideways scroll, no complaint of the browser."""

import pytest
from django.contrib import admin
from django.urls import reverse
from playwright.sync_api import expect

from khoidan.accounts.models import User
from khoidan.meetings.models import Meeting
from khoidan.tasks.models import Task
from tests.test_queries import PAGES as PAGES_AND_FILES
from tests.test_queries import address

from .hands import axe, overflow, sign_in

MODES = {
    "vi, light, desk": {"language": "vi", "theme": "light", "size": {"width": 1280, "height": 900}},
    "en, dark, phone": {"language": "en", "theme": "dark", "size": {"width": 360, "height": 740}},
}
SHIPPED = {"language": "vi", "theme": "auto", "size": {"width": 1280, "height": 900}}
FILES = {"files:attachment_detail", "tasks:task_import_template"}
PAGES = [(name, kinds) for name, kinds in PAGES_AND_FILES if name not in FILES]
FORMS = [(name, kinds) for name, kinds in PAGES if name.endswith(("_new", "_edit"))]
SEE_LITTLE = {"xoa.chau": "en, dark, phone", "tinh.pham": "vi, light, desk"}  # an officer; who only watches
SEEN_BY_ALL = ("home", "mine", "_list", "board", "workload", "clarity", "evaluation", "my_rights")
# Days that do not exist in every box for a day, markup in every other: a sentence at each that takes text.
FILL_WRONG = """() => {
  for (const box of document.querySelectorAll('form.record-form input[type=text], form.record-form textarea')) {
    if (box.closest('.ts-wrapper')) continue;
    box.value = box.inputMode === 'numeric' ? '31/02/2026' : '<script>alert(1)</script>';
  }
  document.querySelector('form.record-form [data-save]').click();
}"""


def choose_look(page, language, theme, size):
    """As a person would: language and theme in the profile."""
    page.set_viewport_size(size)
    page.goto("/profile/")
    page.select_option("#id_language", language)
    page.select_option("#id_theme", theme)
    page.click("main form button[data-save], main form[data-guard] button[type=submit]")
    page.wait_for_load_state()


@pytest.fixture
def looks(page):
    """`looks("khue.hoang", "vi, light, desk")`: signed in so; the account's choices go back to what they were."""
    signed_in = []

    def looks(username, mode):
        sign_in(page, username)
        signed_in.append(username)
        choose_look(page, **MODES[mode])

    yield looks
    if signed_in:
        choose_look(page, **SHIPPED)


def seen_faults(page):
    """What is wrong with the page as it is shown now."""
    wide = overflow(page)
    page.evaluate("scrollTo(0, 0)")  # what scrolled half under the bar is no fault
    return [f"{page.url}: {line}" for line in axe(page)] + ([f"{page.url}: {wide} px too wide"] if wide > 0 else [])


def faults(page, url, answers=(200,)):
    response = page.goto(url)
    told = [] if response.status in answers else [f"{url}: answers {response.status}"]
    return told + seen_faults(page)


def configuration():
    """Addresses of the admin site: its index, and of each kind its list, its forms, its history and its deletion."""
    yield reverse("admin:index")
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        record = model._default_manager.first()
        for page in ("changelist", "add"):
            yield reverse(f"{name}_{page}")
        for page in ("change", "history", "delete"):
            if record:
                yield reverse(f"{name}_{page}", args=[record.pk])


@pytest.mark.parametrize("mode", MODES)
def test_pages_of_the_office(page, looks, mode):
    looks("khue.hoang", mode)
    assert [fault for name, kinds in PAGES for fault in faults(page, address(name, kinds))] == []


@pytest.mark.parametrize(("username", "mode"), SEE_LITTLE.items())
def test_pages_of_who_sees_little(page, looks, username, mode):
    """Figures, lists and one record of each kind; what is refused or does not exist is a page too."""
    looks(username, mode)
    user = User.objects.get(username=username)
    records = [model.objects.permitting(user, "view").first().get_absolute_url() for model in (Task, Meeting)]
    urls = [reverse(name) for name, kinds in PAGES if not kinds and name.endswith(SEEN_BY_ALL)]
    told = [fault for url in records for fault in faults(page, url)]
    assert told + [fault for url in urls for fault in faults(page, url, (200, 403, 404))] == []


@pytest.mark.parametrize("mode", MODES)
def test_forms_full_of_mistakes(page, looks, mode):
    looks("khue.hoang", mode)
    told = []
    for name, kinds in FORMS:
        page.goto(address(name, kinds))
        page.evaluate(FILL_WRONG)
        expect(page.locator("form.record-form [aria-invalid=true]").first).to_be_attached()
        told += seen_faults(page)
    assert told == []


@pytest.mark.parametrize("mode", MODES)
def test_pages_of_configuration(page, looks, mode):
    looks("quantri", mode)
    assert [fault for url in configuration() for fault in faults(page, url, (200, 403))] == []


@pytest.mark.parametrize("mode", MODES)
def test_pages_outside_and_of_errors(page, looks, mode):
    page.set_viewport_size(MODES[mode]["size"])
    told = faults(page, "/sign-in/")
    page.context.clear_cookies()  # the form's cookie too
    page.get_by_role("button", name="Đăng nhập").click()
    told += seen_faults(page)
    page.goto("/sign-in/")
    looks("xoa.chau", mode)
    told += faults(page, "/tasks/987654321/", (404,))
    told += faults(page, address("meetings:meeting_edit", ["meeting"]), (403,))
    assert told == []


def test_every_figure_of_the_home_page_opens_its_rows(enter):
    for account in ("khue.hoang", "thuyen.nong", "tinh.pham"):
        page = enter(account)
        tiles = page.locator("a.tile[href*='?'], td.number a[href*='/tasks/']").evaluate_all(
            "links => links.map(a => [a.getAttribute('href'), (a.querySelector('.tile-figure') || a).innerText])"
        )
        assert tiles, account
        for url, figure in tiles[:14]:
            page.goto(url)
            assert page.locator("#count").inner_text() == figure.strip(), f"{account} {url}"
