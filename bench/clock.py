"""Time that code and database spend, taken in turns so that both sides of a ratio meet the same machine."""

import gc
from pathlib import Path
from statistics import median
from time import perf_counter_ns, process_time_ns, sleep

NANOSECONDS = 1_000_000  # in a millisecond, in which all times here are told
ROUNDS_TO_WARM_UP = 4
SETTLING = 0.0003  # seconds after which a server that has answered sleeps, and its time is on the books


class Statements(list):
    """`with connection.execute_wrapper(statements):` notes (SQL, milliseconds until its rows were here)."""

    def __call__(self, execute, sql, params, many, context):
        started = perf_counter_ns()
        try:
            return execute(sql, params, many, context)
        finally:
            self.append((str(sql), (perf_counter_ns() - started) / NANOSECONDS))


def processor_time(work):
    """Milliseconds of this process's processors; waiting for the database is none."""
    started = process_time_ns()
    work()
    return (process_time_ns() - started) / NANOSECONDS


def database_time(wrapper, work):
    """Milliseconds of processor that the server's process spent on `work` in the database of `wrapper`.

    Where the server's books cannot be seen (another machine, no /proc), the time until the rows of each statement
    were here, which other work on the machine lengthens.
    """
    before = server_time(wrapper)
    if before is None:
        return waited(wrapper, work)
    work()
    sleep(SETTLING)
    return server_time(wrapper) - before


def waited(wrapper, work):
    """Milliseconds until the rows of the statements of `work` were here."""
    seen = Statements()
    with wrapper.execute_wrapper(seen):
        work()
    return sum(spent for _sql, spent in seen)


def server_time(wrapper):
    """Milliseconds that the server's process of this connection used so far; None where one cannot know."""
    try:
        process = wrapper.connection.info.backend_pid
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / NANOSECONDS
    except (OSError, AttributeError):
        return None


def in_turns(works, rounds, measure):
    """{name: median of measure(name, work)} over `rounds`, every round in the other direction.

    A work is a function of the number of the round.
    """
    taken = {name: [] for name in works}
    names = list(works)
    gc.collect()
    for number in range(-min(rounds, ROUNDS_TO_WARM_UP), rounds):
        for name in names if number % 2 else reversed(names):
            spent = measure(name, lambda name=name, number=number: works[name](number))
            if number >= 0:
                taken[name].append(spent)
    return {name: median(values) for name, values in taken.items()}
