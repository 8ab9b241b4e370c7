"""The task list, the page of a task and «Việc của tôi», for deputies and heads, at 10 and 100 thousand and 1 million.

Against the same by hand, against themselves at the smallest size, against a minimal Django page of the same rows.
"""

import re
from dataclasses import dataclass

from . import best, clock, people
from .databases import ensure, entered
from .report import Report
from .site import Minimal, Visitor

PER_BLOC = 10_000
SIZES = {"10k": 1, "100k": 10, "1m": 100}  # blocs
LINK = re.compile(r'<a href="/tasks/(\d+)/"')
COUNT = re.compile(r'id="count"[^>]*>([\d.]+)<')
VISITORS = 6
QUERIES, DATABASE, GROWTH, PROCESSOR = 8, 1.5, 1.5, 1.2  # goals


def first_record(visitor):
    """The newest finished task of the units whose work the visitor reads."""
    return best.finished(visitor)


@dataclass(frozen=True)
class Page:
    """A page of the site: its address for a visitor, the same by hand, and the address of the minimal one."""

    name: str
    url: object
    raw: object
    minimal: object

    def shown(self, html):
        """Ids of the tasks on the page, in order."""
        return [int(key) for key in LINK.findall(html[html.index("<main") :])]


def by_ids(url, *parts):
    """The address of a minimal page that shows the tasks of these ids, each part by itself."""
    return url + "?" + "&".join("ids=" + ",".join(map(str, ids)) for ids in parts)


PAGES = (
    Page("list", lambda _v: "/tasks/", best.list_page, lambda v: by_ids("/tasks/", best.listed(v)[0])),
    Page(
        "record",
        lambda v: f"/tasks/{first_record(v)}/",
        lambda v: best.record_page(v, v.record),
        lambda v: f"/tasks/{v.record}/",
    ),
    Page("mine", lambda _v: "/tasks/mine/", best.own_page, lambda v: by_ids("/tasks/mine/", *best.own_page(v))),
)


def accounts(who, blocs):
    """Accounts to take turns: `who` of blocs that lie far apart."""
    if who == "inspector":
        return [people.inspector_id(blocs)]
    turns = range(VISITORS)
    place = people.DEPUTIES if who == "deputy" else [people.HEAD] * VISITORS
    return list(dict.fromkeys(people.person_id(turn * blocs // VISITORS, place[turn]) for turn in turns))


class Sight:
    """A kind of visitor at one size: the sessions, and the pages as they will be asked for."""

    def __init__(self, size, wrapper, visitors):
        self.size, self.wrapper, self.visitors = size, wrapper, visitors

    def turn(self, number):
        return self.visitors[number % len(self.visitors)]

    def prepare(self, page):
        with entered(self.wrapper):
            for visitor in self.visitors:
                visitor.record = first_record(visitor)
                visitor.url, visitor.minimal_url = page.url(visitor), page.minimal(visitor)

    def whole(self, number):
        with entered(self.wrapper):
            visitor = self.turn(number)
            return visitor.get(visitor.url)

    def by_hand(self, page, number):
        with entered(self.wrapper):
            return page.raw(self.turn(number))

    def minimal(self, site, number):
        with entered(self.wrapper):
            visitor = self.turn(number)
            return site.get(visitor.minimal_url, visitor)


def assert_same(page, sight):
    """The page shows exactly what the statements by hand find, for every visitor."""
    for number, visitor in enumerate(sight.visitors):
        html, told = sight.whole(number), sight.by_hand(page, number)
        ids, total = told if page.name == "list" else (told, None)
        if page.name == "record":
            assert f'/tasks/{told[0]}/history/"' in html, visitor.account
            continue
        shown = page.shown(html)
        if page.name == "mine":
            shown, ids = sorted(shown), sorted(pk for part in told for pk in part)
        assert shown == ids, (page.name, sight.size, visitor.account)
        if total is not None:
            assert COUNT.search(html).group(1).replace(".", "") == str(total), (sight.size, visitor.account)


def seen_by(who, worlds):
    return [
        Sight(size, wrapper, [Visitor(wrapper, account) for account in accounts(who, SIZES[size])])
        for size, wrapper in worlds.items()
    ]


def measure(page, who, sights, rounds, report):
    """The figures of one page for one kind of visitor at all sizes, measured together."""
    for sight in sights:
        sight.prepare(page)
        assert_same(page, sight)
    whole = {("page", s.size): s.whole for s in sights}
    raw = {("raw", s.size): lambda n, s=s: s.by_hand(page, n) for s in sights}
    site = Minimal()
    plain = {("minimal", s.size): lambda n, s=s: s.minimal(site, n) for s in sights}
    of_size = {sight.size: sight.wrapper for sight in sights}
    database = clock.in_turns(whole | raw, rounds, lambda name, work: clock.database_time(of_size[name[1]], work))
    waited = clock.in_turns(whole | raw, -(-rounds // 3), lambda name, work: clock.waited(of_size[name[1]], work))
    processor = clock.in_turns(whole | plain, rounds, lambda _name, work: clock.processor_time(work))
    for sight in sights:
        report.add(page.name, who, sight.size, queries(sight), database, waited, processor)


def queries(sight):
    """The most statements that any of the visitors caused."""
    most = 0
    for number, _visitor in enumerate(sight.visitors):
        seen = clock.Statements()
        with sight.wrapper.execute_wrapper(seen):
            sight.whole(number)
        most = max(most, len(seen))
    return most


def run(sizes=tuple(SIZES), rounds=60, fresh=False):
    worlds = {size: ensure(f"bench_{size}", SIZES[size], PER_BLOC, fresh=fresh) for size in sizes}
    report = Report()
    for who in ("deputy", "head"):
        sights = seen_by(who, worlds)
        for page in PAGES:
            measure(page, who, sights, rounds, report)
    report.write()
