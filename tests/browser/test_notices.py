"""The bell: on a phone and without scripts too."""

import os
import re
import subprocess
import sys

import pytest
from django.db.models import Count
from playwright.sync_api import expect

from khoidan.accounts.models import User

from .conftest import ROOT, own_database_url
from .hands import axe, overflow, save, told

PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def reminded(site):
    """What cron does every quarter of an hour."""
    command = [sys.executable, "manage.py", "send_digests"]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": own_database_url()}, check=True)


def most_told():
    """Names of accounts, from the one with the most notices."""
    return User.objects.annotate(n=Count("notices")).order_by("-n", "pk").values_list("username", flat=True)


def unread(page):
    """The figure at the bell."""
    return int(re.search(r"\d+|$", page.locator(".bell").inner_text()).group() or 0)


@pytest.mark.parametrize(("scripts", "nth"), [(True, 0), (False, 1)], ids=["scripts", "none"])
def test_a_notice_is_opened_and_all_are_read(enter, reminded, scripts, nth):
    page = enter(most_told()[nth], java_script_enabled=scripts)
    page.set_viewport_size(PHONE)
    waiting = unread(page)
    assert waiting > 0
    page.locator(".bell").click()
    assert overflow(page) <= 0
    if scripts:
        assert axe(page) == []
    notice = page.locator(".work-open").first
    title = notice.inner_text().partition(": ")[2]
    notice.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert unread(page) == waiting - 1
    page.locator(".bell").click()
    if waiting > 1:
        page.get_by_role("button", name="Đánh dấu tất cả đã đọc").click()
        told(page, f"Đã đánh dấu {waiting - 1} thông báo là đã đọc.")
    assert unread(page) == 0


def test_choices_are_made_by_keyboard(enter):
    page = enter("nga.hua")
    page.set_viewport_size(PHONE)
    page.goto("/profile/")
    page.locator("main").get_by_role("link", name="Chọn thông báo").click()
    box = page.get_by_role("checkbox", name="Việc được giao: Có trong thư tổng hợp")
    was = box.is_checked()
    box.focus()
    page.keyboard.press("Space")
    page.get_by_label("Gửi thư lúc").select_option("08:00")
    save(page)
    told(page, "Đã lưu lựa chọn thông báo của bạn.")
    expect(box).to_be_checked(checked=not was)
    assert axe(page) == []
    assert overflow(page) <= 0
