"""Every page of the demo, in both languages: nothing for axe, no sideways scroll, no complaint of the browser."""

import pytest
from django.urls import reverse

from tests.test_queries import PAGES, address

from .hands import axe, overflow, sign_in

ADMIN = [
    "admin:index",
    "admin:organizations_unit_changelist",
    "admin:organizations_unit_add",
    "admin:staffing_role_changelist",
    "admin:staffing_role_add",
    "admin:staffing_position_add",
    "admin:accounts_user_changelist",
    "admin:accounts_user_add",
    "admin:axes_accessattempt_changelist",
    "admin:organizations_unituserobjectpermission_changelist",
    "admin:organizations_event_changelist",
]
OPEN = ["/sign-in/"]
MODES = {
    "vi, light, desk": {"language": "vi", "theme": "light", "size": {"width": 1280, "height": 900}},
    "en, dark, phone": {"language": "en", "theme": "dark", "size": {"width": 360, "height": 740}},
}


def choose_look(page, language, theme, size):
    """As a person would: language and theme in the profile."""
    page.set_viewport_size(size)
    page.goto("/profile/")
    page.select_option("#id_language", language)
    page.select_option("#id_theme", theme)
    page.click("main form button[data-save], main form[data-guard] button[type=submit]")
    page.wait_for_load_state()


def faults(page, url):
    response = page.goto(url)
    wide = overflow(page)
    told = [f"{url}: {line}" for line in axe(page)]
    if wide > 0:
        told.append(f"{url}: {wide} px too wide")
    if response.status != 200:
        told.append(f"{url}: answers {response.status}")
    return told


@pytest.mark.parametrize("mode", MODES)
def test_pages_of_the_office(page, mode):
    sign_in(page, "khue.hoang")
    choose_look(page, **MODES[mode])
    urls = [address(name, kinds) for name, kinds in PAGES]
    assert [fault for url in urls for fault in faults(page, url)] == []


@pytest.mark.parametrize("mode", MODES)
def test_pages_of_configuration(page, mode):
    sign_in(page, "quantri")
    choose_look(page, **MODES[mode])
    wide = MODES[mode]["size"]["width"] == 1280
    told = [fault for name in ADMIN for fault in faults(page, reverse(name))]
    assert [fault for fault in told if wide or "too wide" not in fault] == []


def test_pages_outside(page):
    for look in MODES.values():
        page.set_viewport_size(look["size"])
        assert [fault for url in OPEN for fault in faults(page, url)] == []


def test_a_page_that_does_not_exist(page):
    sign_in(page, "khue.hoang")
    page.goto("/tasks/987654321/")
    assert axe(page) == []
    assert overflow(page) <= 0


def test_every_figure_of_the_home_page_opens_its_rows(enter):
    for account in ("khue.hoang", "thuyen.nong", "tinh.pham"):
        page = enter(account)
        tiles = page.locator("a.tile, td.number a[href*='/tasks/']").evaluate_all(
            "links => links.map(a => [a.getAttribute('href'), (a.querySelector('.tile-figure') || a).innerText])"
        )
        assert tiles, account
        for url, figure in tiles[:14]:
            page.goto(url)
            assert page.locator("#count").inner_text() == figure.strip(), f"{account} {url}"
