"""What a person at the keyboard does and sees, in words of the page rather than of its markup."""

from pathlib import Path

from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Preload off: axe would copy style sheets into the page, which the policy rightly refuses. What passes is not told of
# each element: of a long list that would be megabytes.
VIOLATIONS = """async tags => {
  const only = {preload: false, resultTypes: ['violations'], runOnly: {type: 'tag', values: tags}};
  const {violations} = await axe.run(document, only);
  return violations.flatMap(({id, nodes}) => nodes.map(node => [id, String(node.target[0]), node.failureSummary]));
}"""
PASSWORD = "suối-nguồn-bản-làng-47"  # of every account of the demo


def sign_in(page, username, password=PASSWORD):
    """Sign in on the sign-in page, opening it unless it is open; ends on the page asked for."""
    if "/sign-in/" not in page.url:
        page.goto("/sign-in/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def axe(page):
    """Violations of WCAG 2.0 to 2.2, A and AA, as short lines."""
    page.evaluate(AXE)
    return [
        f"{rule}: {target} {summary.splitlines()[-1].strip()}"
        for rule, target, summary in page.evaluate(VIOLATIONS, WCAG)
    ]


def overflow(page):
    """Pixels by which the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def choose(page, name, text):
    """Type into the search box of the long select `name` and take the first that is offered."""
    typed = page.locator(f"#id_{name}-ts-control")
    typed.click()
    typed.fill(text)
    found = page.locator(f"#id_{name}-ts-dropdown .option").filter(has_text=text)
    found.filter(has=page.locator(".highlight")).first.click()  # it highlights once it has searched


def save(page, label="Lưu"):
    page.locator("main").get_by_role("button", name=label, exact=True).click()


def told(page, text):
    """The message on top says `text`."""
    expect(page.locator("#messages")).to_contain_text(text)


def error_at(page, name):
    """The sentence that assistive software reads with the box `name`; empty when there is none."""
    box = page.locator(f"#id_{name}-ts-control, #id_{name}").first
    ids = (box.get_attribute("aria-describedby") or "").split()
    return " ".join(page.locator(f"#{each}").inner_text().strip() for each in ids if each.endswith("_error"))


def count(page):
    """The figure in the title of a list."""
    return int(page.locator("#count").inner_text().replace(".", ""))
