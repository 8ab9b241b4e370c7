"""The home page of the head of a bloc at 10 thousand tasks and at more, and the size of rights beside that of tasks."""

from . import clock, lists
from .databases import ask, ensure, entered

GROWTH, ON_DISK = 1.5, 0.02  # goals


def home(sizes, rounds, fresh):
    worlds = {size: ensure(f"bench_{size}", lists.SIZES[size], lists.PER_BLOC, fresh=fresh) for size in sizes}
    sights = {sight.size: sight for sight in lists.seen_by("head", worlds)}
    for sight in sights.values():
        for visitor in sight.visitors:
            visitor.url = "/"
    whole = {size: sight.whole for size, sight in sights.items()}
    database = clock.in_turns(whole, rounds, lambda size, work: clock.database_time(sights[size].wrapper, work))
    first, *others = sizes
    for size in others:
        print(f"home.head.{size}.growth ratio {database[size] / database[first]:.2f} goal {GROWTH}")
    print()
    for size in sizes:
        print(f"home.head.{size}: {lists.queries(sights[size])} queries, {database[size]:.1f} ms of database")


def rights(sizes, rounds, fresh):
    told = []
    for size in sizes:
        with entered(ensure(f"bench_{size}", lists.SIZES[size], lists.PER_BLOC, fresh=fresh)):
            tables = "organizations_unituserobjectpermission", "tasks_task"
            (rows, held), (records, kept) = (measured(table) for table in tables)
        print(f"rights.{size}.disk ratio {held / kept:.3f} goal {ON_DISK}")
        told.append(f"rights.{size}: {rows} rows, {held / 2**20:.1f} MB; {records} tasks, {kept / 2**20:.0f} MB")
    print("\n" + "\n".join(told))


def measured(table):
    """(rows, bytes with indexes)."""
    return ask(f"SELECT count(*), pg_total_relation_size('{table}') FROM {table}")[0]
