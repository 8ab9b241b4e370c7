"""The same pages by hand: the best SQL we know for what each shows to this account, the whole rule of rights included.

Each function runs its statements and returns what the page must show too. Rights are read as rows on units, and the
rule is: records of units whose work one may read, records that count for organizations whose work one may read, and
records one takes part in while one holds a seat in their bloc.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from khoidan.tasks.views.mine import SHOWN as WAITING

ORDER = "completed_on DESC, due, id"
SHOWN = 50
ROW = """t.id, t.title, t.deliverable, t.address, t.due, t.state, t.completed_on, u.short_name, p.name, a.name"""
JOINS = """JOIN organizations_unit u ON u.id = t.unit_id LEFT JOIN staffing_person p ON p.id = t.accountable_id
    LEFT JOIN organizations_area a ON a.id = t.area_id"""
OPEN, AT_WORK = "state IN ('given', 'doing', 'checking')", "state IN ('given', 'doing')"
TODAY = f"(now() AT TIME ZONE '{settings.TIME_ZONE}')::date"  # of the office; connections are set to UTC


def ask(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


@dataclass
class Rights:
    """What decides on reading tasks: units, the blocs read whole, blocs with a seat, the person."""

    person: int
    units: list
    shown: list  # units whose private tasks are shown too
    directed: list
    whole: list
    seated: list


def enter(visitor):
    """Session and account."""
    ask("SELECT session_data FROM accounts_session WHERE session_key = %s AND expire_date > now()", visitor.session)
    ask(
        "SELECT id, name, password, is_active, is_superuser, language, theme, grants_on, is_demo "
        "FROM accounts_user WHERE id = %s",
        visitor.account,
    )


def rights(visitor):
    rows = ask(
        """
        SELECT g.bloc_id, array_agg(g.content_object_id) FILTER (WHERE q.codename = 'view_work'),
            array_agg(g.content_object_id) FILTER (WHERE q.codename = 'view_private'),
            array_agg(g.content_object_id) FILTER (WHERE q.codename = 'direct_work'),
            (SELECT count(*) FROM organizations_unit u WHERE u.bloc_id = g.bloc_id),
            (SELECT id FROM staffing_person WHERE user_id = %s)
        FROM organizations_unituserobjectpermission g JOIN auth_permission q ON q.id = g.permission_id
        WHERE g.user_id = %s GROUP BY g.bloc_id
        """,
        visitor.account,
        visitor.account,
    )
    read = [row for row in rows if row[1]]
    whole = [bloc for bloc, units, _shown, _directed, size, _person in read if len(units) == size]
    return Rights(
        rows[0][-1],
        *(sorted(unit for row in rows for unit in row[column] or ()) for column in (1, 2, 3)),
        whole if len(whole) == len(read) else [],
        [row[0] for row in rows],
    )


def branches(held, visitor):
    """[(FROM and WHERE, parameters)]: each by an index of its own; together every task that may be read."""
    live = "FROM tasks_task WHERE voided_at IS NULL"
    if held.whole and set(held.units) <= set(held.shown):
        return [(f"{live} AND bloc_id = {held.whole[0]}", [])]
    counted = "id = ANY(ARRAY(SELECT task_id FROM tasks_task_organizations WHERE unit_id = ANY(%s)))"
    helped = "id = ANY(ARRAY(SELECT task_id FROM tasks_task_helpers WHERE person_id = %s))"
    return [
        (f"{live} AND unit_id = ANY(%s) AND (NOT private OR unit_id = ANY(%s))", [held.units, held.shown]),
        (f"{live} AND NOT private AND {counted}", [held.units]),
        (f"{live} AND accountable_id = %s AND bloc_id = ANY(%s)", [held.person, held.seated]),
        (f"{live} AND bloc_id = ANY(%s) AND (checker_id = %s OR {helped})", [held.seated, held.person, held.person]),
        (
            f"{live} AND private AND unit_id = ANY(%s) AND (created_by_id = %s OR given_by_id = %s)",
            [held.units, visitor.account, visitor.account],
        ),
    ]


def finished(visitor):
    """Id of the task that was done last in the visitor's units."""
    sql = """SELECT id FROM tasks_task WHERE unit_id = ANY(%s) AND state = 'done' AND NOT private AND voided_at IS NULL
        ORDER BY completed_on DESC, id LIMIT 1"""
    return ask(sql, rights(visitor).units)[0][0]


def keys(found, order, shown):
    one = "(SELECT id, completed_on, due {} " + f"ORDER BY {order} LIMIT {shown})"
    parts = " UNION ".join(one.format(from_where) for from_where, _params in found)
    return f"SELECT * FROM ({parts}) k ORDER BY {order} LIMIT {shown}", [p for _f, params in found for p in params]


def rows(found, order=ORDER, shown=SHOWN):
    picked, params = keys(found, order, shown)
    ordered = ", ".join(f"k.{column.strip()}" for column in order.split(","))
    return ask(f"SELECT {ROW} FROM ({picked}) k JOIN tasks_task t ON t.id = k.id {JOINS} ORDER BY {ordered}", *params)


def count(found):
    if len(found) == 1:
        return ask(f"SELECT count(*) {found[0][0]}", *found[0][1])[0][0]
    parts = " UNION ".join(f"SELECT id {from_where}" for from_where, _params in found)
    return ask(f"SELECT count(*) FROM ({parts}) k", *[p for _f, params in found for p in params])[0][0]


def listed(visitor):
    """(ids of the first fifty rows, how many there are), by the statements that the list alone needs."""
    found = branches(rights(visitor), visitor)
    return [row[0] for row in rows(found)], count(found)


def choices(held):
    """What the filters offer: units and people of one's blocs, and places."""
    ask(
        f"""
        SELECT kind, "order", sort_key, id, short_name FROM organizations_unit WHERE bloc_id = ANY(%s)
        UNION ALL SELECT 'person', 0, sort_key, id, name FROM staffing_person
            WHERE bloc_id = ANY(%s) AND voided_at IS NULL
        UNION ALL SELECT 'area', 0, sort_key, id, name FROM organizations_area
            WHERE valid_to IS NULL OR valid_to > {TODAY}
        """,
        held.seated,
        held.seated,
    )


def frame(visitor, held):
    """Who one is, how many of one's tasks are late and of one's notices unread."""
    ask(
        f"""
        SELECT p.name, u.short_name,
            (SELECT q.name FROM staffing_appointment a JOIN staffing_position q ON q.id = a.position_id
             LEFT JOIN staffing_appointment f ON f.id = a.acting_for_id
             WHERE a.person_id = p.id AND a.voided_at IS NULL AND a.start <= {TODAY}
             AND (a."end" IS NULL OR a."end" > {TODAY}) AND (f.id IS NULL OR f.voided_at IS NULL
             AND f.start <= {TODAY} AND (f."end" IS NULL OR f."end" > {TODAY}))
             ORDER BY a.kind DESC, q."order" LIMIT 1),
            (SELECT count(*) FROM tasks_task t WHERE t.accountable_id = p.id AND t.voided_at IS NULL AND t.{AT_WORK}
             AND t.due < {TODAY} AND t.bloc_id = ANY(%s)),
            (SELECT count(*) FROM (SELECT FROM notices_notice n WHERE n.recipient_id = p.user_id AND n.rings
             AND n.read_at IS NULL LIMIT 100) n)
        FROM staffing_person p JOIN organizations_unit u ON u.id = p.bloc_id WHERE p.user_id = %s
        """,
        held.seated,
        visitor.account,
    )


def list_page(visitor):
    enter(visitor)
    held = rights(visitor)
    found = branches(held, visitor)
    choices(held)
    frame(visitor, held)
    ask(
        "SELECT name, query, opening FROM accounts_savedview WHERE user_id = %s AND place = 'tasks:task_list' "
        'ORDER BY "order"',
        visitor.account,
    )
    return [row[0] for row in rows(found)], count(found)


PART = """t.bloc_id = ANY(%(seated)s) AND (t.accountable_id = %(person)s OR t.checker_id = %(person)s
    OR EXISTS (SELECT FROM tasks_task_helpers h WHERE h.task_id = t.id AND h.person_id = %(person)s))"""
AUTHOR = "t.unit_id = ANY(%(units)s) AND (t.created_by_id = %(user)s OR t.given_by_id = %(user)s)"
VISIBLE = f"(NOT t.private OR t.unit_id = ANY(%(shown)s) OR {PART} OR {AUTHOR})"
COUNTS = """EXISTS (SELECT FROM tasks_task_organizations o WHERE o.task_id = t.id AND o.unit_id = ANY(%(units)s))"""


def asked(sql, held, visitor, **more):
    with connection.cursor() as cursor:
        cursor.execute(sql, vars(held) | {"user": visitor.account} | more)
        return cursor.fetchall()


def record_page(visitor, pk):
    """The task with what may be done to it, who helps, for whom it counts, wishes for another date, notes."""
    enter(visitor)
    held = rights(visitor)
    found = asked(
        f"""
        SELECT {ROW}, t.description, t.requirement, t.result, t.unit_id = ANY(%(directed)s), g.name, c.name, k.name
        FROM tasks_task t {JOINS} LEFT JOIN accounts_user g ON g.id = t.given_by_id
        LEFT JOIN accounts_user c ON c.id = t.created_by_id LEFT JOIN staffing_person k ON k.id = t.checker_id
        WHERE t.id = %(pk)s AND t.voided_at IS NULL
        AND ({VISIBLE} AND t.unit_id = ANY(%(units)s) OR NOT t.private AND {COUNTS} OR {PART})
        """,
        held,
        visitor,
        pk=pk,
    )
    ask("SELECT p.name FROM tasks_task_helpers h JOIN staffing_person p ON p.id = h.person_id WHERE h.task_id = %s", pk)
    ask(
        "SELECT u.short_name FROM tasks_task_organizations o JOIN organizations_unit u ON u.id = o.unit_id "
        "WHERE o.task_id = %s",
        pk,
    )
    ask(
        "SELECT e.*, u.name FROM tasks_extension e JOIN accounts_user u ON u.id = e.asked_by_id WHERE e.task_id = %s",
        pk,
    )
    ask("SELECT n.*, u.name FROM tasks_progress n JOIN accounts_user u ON u.id = n.by_id WHERE n.task_id = %s", pk)
    frame(visitor, held)
    return [row[0] for row in found]


def own_page(visitor):
    """Ids of what «Việc của tôi» shows, part by part.

    To do, handed in, to check, to answer, to give, helped with, just finished.
    """
    enter(visitor)
    held = rights(visitor)
    frame(visitor, held)
    mine = "t.accountable_id = %(person)s AND t.bloc_id = ANY(%(seated)s)"
    wish = "EXISTS (SELECT FROM tasks_extension e WHERE e.task_id = t.id AND e.granted IS NULL)"
    other = "t.accountable_id IS DISTINCT FROM %(person)s"
    whole = (
        f"t.bloc_id = {held.whole[0]}"
        if held.whole and held.directed == held.units
        else "t.unit_id = ANY(%(directed)s)"
    )
    seats = f"""t.unit_id = ANY(ARRAY(SELECT a.unit_id FROM staffing_appointment a
        LEFT JOIN staffing_appointment f ON f.id = a.acting_for_id WHERE a.person_id = %(person)s
        AND a.voided_at IS NULL AND a.start <= {TODAY} AND (a."end" IS NULL OR a."end" > {TODAY})
        AND (f.id IS NULL OR f.voided_at IS NULL AND f.start <= {TODAY}
        AND (f."end" IS NULL OR f."end" > {TODAY}))))"""
    helped = "t.id = ANY(ARRAY(SELECT task_id FROM tasks_task_helpers WHERE person_id = %(person)s))"
    parts = [
        f"{mine} AND t.state IN ('given', 'doing') ORDER BY t.due, t.id",
        f"{mine} AND t.state = 'checking' ORDER BY t.due, t.id",
        "t.state = 'checking' AND t.checker_id = %(person)s AND t.bloc_id = ANY(%(seated)s) "
        f"AND {other} AND t.submitted_by_id IS DISTINCT FROM %(user)s AND {VISIBLE} "
        f"ORDER BY t.due, t.id LIMIT {WAITING}",
        f"t.{OPEN} AND {wish} AND {whole} AND ({other} OR t.given_by_id = %(user)s) AND {VISIBLE} "
        f"AND (t.given_by_id = %(user)s OR {seats}) "
        f"ORDER BY t.due, t.id LIMIT {WAITING}",
        f"t.state = 'draft' AND {whole} AND {VISIBLE} AND (t.created_by_id = %(user)s OR {seats}) "
        f"ORDER BY t.due, t.id LIMIT {WAITING}",
        f"t.{OPEN} AND {helped} AND t.bloc_id = ANY(%(seated)s) ORDER BY t.due, t.id LIMIT {WAITING}",
        f"{mine} AND t.state = 'done' AND t.completed_on >= {TODAY} - 7 AND t.completed_on < {TODAY} + 1 "
        "ORDER BY t.completed_on DESC, t.id",
    ]
    found = [
        asked(f"SELECT {ROW}, t.result FROM tasks_task t {JOINS} WHERE t.voided_at IS NULL AND {part}", held, visitor)
        for part in parts
    ]
    return [[row[0] for row in rows_found] for rows_found in found]
