"""The board, the load, the clarity and the evaluation, by hand: a card goes on, a figure opens its rows."""

from io import BytesIO
from urllib.parse import quote

from openpyxl import load_workbook
from playwright.sync_api import expect

from khoidan.tasks.models import Task

from .hands import count

SAMPLES = 5  # figures of a page that are opened


def test_a_card_goes_on_to_the_next_column_by_keyboard(enter):
    task = Task.objects.live().filter(state="given", accountable__user__username="xoa.chau").first()
    page = enter("xoa.chau")
    page.goto(f"/tasks/board/?q={quote(task.title)}")
    given, doing = page.locator("#pile-given .ticket"), page.locator("#pile-doing .ticket")
    before = (given.count(), doing.count())
    card = given.filter(has=page.locator(f"a[href='{task.get_absolute_url()}']"))
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    card.get_by_role("button", name="Bắt đầu làm").focus()
    page.keyboard.press("Enter")
    expect(doing).to_have_count(before[1] + 1)
    expect(given).to_have_count(before[0] - 1)
    assert "/tasks/board/?q=" in page.url
    task.refresh_from_db()
    assert (task.state, task.moved_by.username) == ("doing", "xoa.chau")


def figures(page):
    """{address: figure} of some of those that lead to the list of tasks, from all over the page."""
    links = page.locator("main td.number a[href^='/tasks/?']")
    shown = links.evaluate_all("links => links.map(a => [a.getAttribute('href'), parseInt(a.textContent)])")
    return dict(shown[:: max(1, len(shown) // SAMPLES)])


def test_figures_open_as_many_rows_and_are_taken_away(enter):
    page = enter("khue.hoang")
    for place in ("workload", "clarity", "evaluation"):
        page.goto(f"/tasks/{place}/")
        told = figures(page)
        assert len(told) >= SAMPLES, place
        for url, figure in told.items():
            page.goto(url)
            assert count(page) == figure, f"{place}: {url}"
    page.goto("/tasks/evaluation/")
    people = page.locator("main tbody tr:not(.group-head) th").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("button", name="Xuất Excel").click()
    rows = (
        load_workbook(BytesIO(download.value.path().read_bytes())).worksheets[0].iter_rows(min_row=2, values_only=True)
    )
    assert [row[1] for row in rows] == [text.split("\n")[0].strip() for text in people]
