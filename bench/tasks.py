"""Tasks for the benchmarks: twenty months of them, a tenth open, made by the database itself.

What a task is follows from its bloc and its number alone, so that every run measures the same rows. All blocs enter
theirs at the same time: rows of one bloc lie scattered among those of the others, as they would. Histories and events
are not written: none of the pages measured reads them.
"""

from contextlib import contextmanager, nullcontext

from django.db import connection

from khoidan.core.text import fold
from khoidan.tasks.models import Task

from .people import BRANCHES, ORGANIZATIONS, PEOPLE, UNITS, parent_of, past_triggers, seats

TABLES = ("tasks_task", "tasks_task_organizations", "tasks_task_helpers")
DAYS = 600  # from the first task to today
MATTERS = (
    ("Xây dựng kế hoạch tuyên truyền", "kế hoạch"),
    ("Tổng hợp ý kiến cử tri", "báo cáo tổng hợp"),
    ("Kiểm tra việc thu, chi quỹ", "biên bản kiểm tra"),
    ("Rà soát danh sách đoàn viên, hội viên", "danh sách"),
    ("Tổ chức hội nghị đối thoại", "biên bản hội nghị"),
    ("Giám sát việc thực hiện quy chế dân chủ", "báo cáo giám sát"),
    ("Vận động ủng hộ quỹ Vì người nghèo", "báo cáo kết quả"),
    ("Thăm, tặng quà gia đình chính sách", "danh sách tặng quà"),
    ("Hoàn thiện hồ sơ thi đua, khen thưởng", "tờ trình"),
    ("Hướng dẫn đại hội chi hội", "hướng dẫn"),
)
DESCRIPTION = "Phối hợp với các tổ chức thành viên, bám sát kế hoạch năm của khối và chỉ đạo của cấp trên. " * 3


def dice(number):
    """SQL: a number from 0 to 1 that task `n` of bloc `b` always throws."""
    return f"((hashint8extended(b::bigint * 100000 + n, {number}) & 1048575)::float8 / 1048576)"


def staff():
    """[places of the people who work for it] of each unit; a branch is served by its organization."""
    placed = seats()
    of_unit = {unit: [place for place, (_role, at) in enumerate(placed) if at == unit] for unit in range(UNITS)}
    of_unit[0] = list(range(7))
    return [of_unit[place] or of_unit[parent_of(place)] for place in range(UNITS)]


STAGED = f"""
CREATE TEMP TABLE bench_task ON COMMIT DROP AS
WITH thrown AS (
    SELECT b, n, floor({dice(1)} * {UNITS})::int AS place, {dice(2)} * {DAYS} AS age, {dice(3)} AS d3,
        {dice(4)} AS d4, {dice(5)} AS d5, {dice(6)} AS d6, {dice(7)} AS d7, {dice(8)} AS d8, {dice(9)} AS d9,
        {dice(10)} AS d10, {dice(11)} AS d11, {dice(12)} AS d12, {dice(13)} AS d13, {dice(14)} AS d14
    FROM generate_series(0, %(blocs)s - 1) b, generate_series(0, %(per_bloc)s - 1) n
), placed AS (
    SELECT thrown.*, now() - age * interval '1 day' AS created_at, w.people, cardinality(w.people) AS hands
    FROM thrown JOIN bench_staff w USING (place)
), dated AS (
    SELECT *, created_at::date + 10 + floor(d3 * 16)::int AS due, b * {UNITS} + place + 1 AS unit_id,
        b * {UNITS} + 1 AS bloc_id, b * {PEOPLE} + 1 AS first_person,
        people[1 + floor(d4 * hands)::int] AS worker, people[1 + floor(d5 * hands)::int] AS second,
        people[1 + (floor(d4 * hands)::int + 1) %% hands] AS checker
    FROM placed
), judged AS (
    SELECT *, CASE WHEN age < 12 AND d6 < 0.4 THEN 'draft' WHEN d6 < 0.07 OR due >= current_date THEN 'open'
        WHEN d6 > 0.97 THEN 'cancelled' ELSE 'done' END AS stage, hands > 1 AND d12 < 0.1 AS is_checked
    FROM dated
)
SELECT row_number() OVER (ORDER BY created_at, b, n) AS id, *, CASE WHEN stage <> 'open' THEN stage
    WHEN is_checked AND d13 < 0.5 THEN 'checking' WHEN d13 < 0.4 THEN 'given' ELSE 'doing' END AS state,
    CASE WHEN stage = 'done' THEN least(current_date, greatest(created_at::date,
        CASE WHEN d7 < 0.13 THEN due + 3 + floor(d8 * 7)::int ELSE due - floor(d8 * 5)::int END)) END AS completed_on
FROM judged
"""

# Of each column of a task, what it is made of; columns that are not here take the default of their field.
COLUMNS = {
    "id": "s.id",
    "token": "gen_random_uuid()",
    "created_at": "s.created_at",
    "created_by_id": "s.first_person + s.second",
    "unit_id": "s.unit_id",
    "bloc_id": "s.bloc_id",
    "title": "w.title",
    "deliverable": "w.deliverable",
    "description": "%(description)s",
    "accountable_id": "s.first_person + s.worker",
    "area_id": "CASE WHEN s.d9 < 0.6 THEN w.area END",
    "address": "w.address",
    "due": "s.due",
    "requirement": "'Đúng thể thức, nộp bản giấy và bản điện tử.'",
    "checker_id": "CASE WHEN s.is_checked THEN s.first_person + s.checker END",
    "start": "s.created_at::date",
    "urgency": "CASE WHEN s.d14 > 0.9 THEN 1 ELSE 0 END",
    "private": "s.d14 < 0.01",
    "state": "s.state",
    "moved_at": "coalesce(s.completed_on + interval '9 hours', s.created_at + interval '1 hour')",
    "moved_by_id": "s.first_person + s.worker",
    "percent": "CASE s.stage WHEN 'done' THEN 100 WHEN 'open' THEN floor(s.d13 * 100)::int ELSE 0 END",
    "started_at": "CASE WHEN s.state IN ('doing', 'checking', 'done') THEN s.created_at + interval '2 hours' END",
    "submitted_at": "CASE WHEN s.state = 'checking' THEN now() - interval '1 hour' END",
    "submitted_by_id": "CASE WHEN s.state = 'checking' THEN s.first_person + s.worker END",
    "cancelled_at": "CASE WHEN s.stage = 'cancelled' THEN s.due + interval '9 hours' END",
    "given_at": "CASE WHEN s.stage <> 'draft' THEN s.created_at + interval '1 hour' END",
    "given_by_id": "CASE WHEN s.stage <> 'draft' THEN s.first_person END",
    "completed_at": "s.completed_on + interval '9 hours'",
    "completed_on": "s.completed_on",
    "result": "CASE WHEN s.stage = 'done' THEN 'Đã hoàn thành, sản phẩm lưu tại văn phòng.' ELSE '' END",
    "folded": "w.folded",
}
ORGANIZATION = f"s.bloc_id + CASE WHEN s.place < {ORGANIZATIONS.stop} THEN s.place \
ELSE {ORGANIZATIONS.start} + (s.place - {ORGANIZATIONS.stop}) / {BRANCHES} END"
COUNTED = f"""
INSERT INTO tasks_task_organizations (task_id, unit_id)
SELECT s.id, {ORGANIZATION} FROM bench_task s WHERE s.place >= {ORGANIZATIONS.start} AND s.d10 < 0.25
UNION
SELECT s.id, s.bloc_id + {ORGANIZATIONS.start} + (floor(s.d11 * 6)::int + k) %% 6
FROM bench_task s, generate_series(0, 2) k
WHERE s.place < {ORGANIZATIONS.start} AND s.d10 < 0.35
UNION
SELECT s.id, s.bloc_id + {ORGANIZATIONS.start} + floor(s.d11 * 6)::int FROM bench_task s
WHERE s.place >= {ORGANIZATIONS.start} AND s.d10 > 0.95
"""


HELPED = """
INSERT INTO tasks_task_helpers (task_id, person_id)
SELECT id, first_person + (worker + 1 + k + floor(d11 * 20)::int) %% 60 FROM bench_task, generate_series(0, 1) k
WHERE d12 > 0.8 AND (k = 0 OR d12 > 0.9)
"""
WISHES = """
INSERT INTO tasks_extension (task_id, due_before, due_asked, reason, asked_by_id, asked_at, answer)
SELECT id, due, due + 5, 'Chờ ý kiến của cấp trên.', first_person + worker, now() - interval '1 day', ''
FROM bench_task WHERE state IN ('given', 'doing') AND d11 < 0.03
"""


def fill(blocs, per_bloc, *, apart=True):
    """`per_bloc` tasks in each of `blocs` that people.fill made; `apart` makes the indexes after the rows."""
    with past_triggers() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'; SET LOCAL maintenance_work_mem = '512MB'; SET LOCAL jit = off")
        write_words(cursor)
        cursor.execute(STAGED, {"blocs": blocs, "per_bloc": per_bloc})
        with indexes_made_after(cursor, *TABLES) if apart else nullcontext():
            columns = {column: COLUMNS.get(column, default) for column, default in defaults().items()}
            words = "bench_word w ON w.n = (s.b * 7 + s.n * 13) %% (SELECT count(*) FROM bench_word)"
            cursor.execute(
                f"INSERT INTO tasks_task ({', '.join(columns)}) SELECT {', '.join(columns.values())} "  # noqa: S608
                f"FROM bench_task s JOIN {words} ORDER BY s.id",
                {"description": DESCRIPTION},
            )
            for links in (COUNTED, HELPED, WISHES):
                cursor.execute(links, {})
        cursor.execute("SELECT setval(pg_get_serial_sequence('tasks_task', 'id'), (SELECT max(id) FROM tasks_task))")


def defaults():
    """{column: SQL of the default of its field} of every column of a task."""
    found = {}
    with connection.cursor() as cursor:
        for field in Task._meta.concrete_fields:
            value = field.get_db_prep_save(field.get_default(), connection) if field.has_default() else None
            told = (
                "''" if value is None and not field.null else cursor.mogrify("%s", [value]).decode().replace("%", "%%")
            )
            found[field.column] = told
    return found


def write_words(cursor):
    """Titles with what they fold to, and who works for which unit."""
    cursor.execute(
        "CREATE TEMP TABLE bench_word "
        "(n int, title text, deliverable text, address text, folded text, area int) ON COMMIT DROP"
    )
    cursor.execute("SELECT array_agg(id ORDER BY id) FROM organizations_area")
    [areas] = cursor.fetchone()
    combined = [
        (what, kept, commune, turn) for what, kept in MATTERS for commune in range(BRANCHES) for turn in range(4)
    ]
    for number, (what, kept, commune, turn) in enumerate(combined):
        title, address = f"{what} tại xã số {commune + 1}, đợt {turn + 1}", f"Nhà văn hóa xã số {commune + 1}"
        row = [number, title, kept, address, fold(f"{title} {kept} {address}"), areas[commune]]
        cursor.execute("INSERT INTO bench_word VALUES (%s, %s, %s, %s, %s, %s)", row)
    cursor.execute("CREATE TEMP TABLE bench_staff (place int, people int[]) ON COMMIT DROP")
    for place, people in enumerate(staff()):
        cursor.execute("INSERT INTO bench_staff VALUES (%s, %s)", [place, people])
    cursor.execute("ANALYZE bench_word; ANALYZE bench_staff")


@contextmanager
def indexes_made_after(cursor, *tables):
    """Drops the indexes of `tables` that no constraint needs, and makes them again at the end."""
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid::regclass::text = "
        "ANY(%s) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)",
        [list(tables)],
    )
    known = cursor.fetchall()
    for name, _definition in known:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _name, definition in known:
        cursor.execute(definition)
