"""What the figures of the home page cost the database."""

import re

from khoidan.dashboards.tiles import Dashboard
from khoidan.tasks.models import Task
from tests.factories import make_member


def test_figures_of_all_units_are_counted_in_an_index_alone(house):
    """Of years of work they look at every row, and ask nothing that the index of the bloc does not hold."""
    [index] = [index for index in Task._meta.indexes if index.name == "task_by_bloc"]
    held = [name.removeprefix("-") for name in (*index.fields, *index.include)]
    columns = {Task._meta.get_field(name).column for name in held} | {"voided_at"}  # of its condition
    asked = str(Dashboard(make_member(house["bloc"], "bloc_head")).counts.query)
    assert set(re.findall(r'"tasks_task"\."(\w+)"', asked)) - columns == set()
