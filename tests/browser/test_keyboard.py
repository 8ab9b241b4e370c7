"""Everything by keyboard: nothing needs a mouse, focus is always seen, and nothing holds it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from .hands import PASSWORD, told

# What has the focus: a word for it, and whether one sees that it has it.
FOCUSED = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const shown = [it, it.closest('.tap'), it.closest('.ts-wrapper'), it.nextElementSibling].filter(Boolean).some(e => {
    const style = getComputedStyle(e);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  });
  const area = (it.closest('label, .tap, .ts-wrapper') || it).getBoundingClientRect();
  const at = document.elementFromPoint(area.left + area.width / 2, area.top + Math.min(area.height / 2, 12));
  const uncovered = at && (it.closest('label, .tap, .ts-wrapper') || it).contains(at);
  const name = `${it.tagName} ${it.id || it.name || it.textContent.trim().slice(0, 40)}`;
  return {name, shown, uncovered};
}"""
MOST_STOPS = 400


def stops(page, key="Tab"):
    """What gets the focus, one press after the other, until it leaves the page."""
    found = []
    while len(found) < MOST_STOPS:
        page.keyboard.press(key)
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return found
        found.append(stop)
    raise AssertionError(f"the focus does not leave the page: {found[-8:]}")


def type_into(page, name, text):
    page.locator(f"#id_{name}").focus()
    page.keyboard.type(text)


def test_names_are_found_before_posts(enter):
    """«chu» is in every «Chủ tịch»; who is called so comes first, and Enter takes the first."""
    page = enter("thuyen.nong")
    page.goto("/tasks/new/")
    page.locator("#id_accountable-ts-control").focus()
    page.keyboard.type("chu")
    found = page.locator("#id_accountable-ts-dropdown .option")
    expect(found.first).to_contain_text("Chuyền")
    labels = found.all_inner_texts()
    posts = [label.split(" – ")[1].lower() for label in labels[1:]]
    assert [post for post in posts if "chủ" not in post and "chuyên" not in post] == []
    page.keyboard.press("Enter")
    expect(page.locator("#id_accountable + .ts-wrapper .item")).to_contain_text("Nông Văn Chuyền")
    offered = enter("xoa.chau", java_script_enabled=False)
    offered.goto("/tasks/new/")
    near = offered.locator("#id_accountable option").all_inner_texts()[1:4]
    assert [label.split(", ")[1] for label in near] == ["Hội LHPN"] * 3


def test_sign_in_search_and_skip(page):
    page.goto("/sign-in/")
    page.get_by_label("Tên đăng nhập").focus()
    page.keyboard.type("thao.vi")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".user-name")).to_have_text("Vi Thị Thảo")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Control+k")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("thuyen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Nông Thị Thuyên")).to_be_visible()


def test_a_task_from_the_menu_to_the_saved_record(enter):
    page = enter("thao.vi")
    page.locator(".create > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".create").get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".create > summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc mới")
    type_into(page, "title", "Việc gõ bằng bàn phím")
    page.locator("#id_accountable-ts-control").focus()
    page.keyboard.type("thao", delay=20)
    expect(page.locator("#id_accountable-ts-dropdown .option.active")).to_contain_text("Vi Thị Thảo")
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Hội CCB").focus()
    page.keyboard.press("Space")
    type_into(page, "due", "t")
    page.keyboard.press("Control+s")
    told(page, "Đã lưu «Việc gõ bằng bàn phím».")
    expect(page.locator(".rail")).to_contain_text("Vi Thị Thảo")
    expect(page.locator(".facts")).to_contain_text("Hội CCB")


def test_the_calendar(enter):
    page = enter("thao.vi")
    page.goto("/tasks/new/")
    due, calendar = page.locator("#id_due"), page.locator(".date-panel")
    due.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(calendar).to_be_visible()
    page.keyboard.press("Escape")
    expect(calendar).to_be_hidden()
    expect(due).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the button beside the box
    expect(calendar).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(due).to_have_value(f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}")
    expect(due).to_be_focused()


def test_what_is_typed_while_libraries_are_on_their_way_stays(enter):
    """Neither letters nor the place where one types are lost when the calendar comes to its box."""
    page, late = enter("thao.vi"), []
    page.route("**/datepicker.min*.js", lambda route: late.append(route))
    with page.expect_request("**/datepicker.min*.js"):
        page.goto("/tasks/new/", wait_until="commit")
    page.locator("#id_due").focus()
    page.keyboard.type("31/12")
    assert len(late) == 1
    expect(page.locator(".date-open")).to_have_count(0)
    late.pop().continue_()
    expect(page.locator(".date-entry:has(#id_due) .date-open")).to_be_visible()
    page.keyboard.type("/2026")
    expect(page.locator("#id_due")).to_have_value("31/12/2026")


def test_the_fastest_typist_chooses_what_was_typed(enter):
    page = enter("thao.vi")
    page.goto("/tasks/new/")
    expect(page.locator("#id_title")).to_be_focused()
    page.locator("#id_accountable-ts-control").focus()
    page.keyboard.type("thuyen")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # once too often: saves nothing
    expect(page.locator("#id_accountable option:checked")).to_contain_text("Nông Thị Thuyên")
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc mới")


@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, {"width": 360, "height": 740}], ids=["desk", "phone"])
@pytest.mark.parametrize("address", ["/", "/tasks/", "/tasks/new/", "/meetings/new/", "/units/", "/profile/"])
def test_the_focus_is_seen_everywhere_and_held_nowhere(enter, address, size):
    page = enter("thao.vi")
    page.set_viewport_size(size)
    page.goto(address)
    page.locator("#main").focus()
    forward = stops(page)
    assert forward
    assert [stop["name"] for stop in forward if not (stop["shown"] and stop["uncovered"])] == []
    assert len(stops(page, "Shift+Tab")) >= len(forward)
