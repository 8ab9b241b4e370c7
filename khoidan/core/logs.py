"""What stands in the log."""

import logging


def in_one_line(record):
    """A refused or missing page is a line; only what failed keeps its traceback."""
    if record.levelno < logging.ERROR:
        record.exc_info = None
    return True
