"""The program of that process: what the reader named to it makes of standard input, as JSON.

Run by its path: neither it nor a reader imports anything of the house.
"""

import json
import os
import resource
import runpy
import sys


def main(path):
    reader = runpy.run_path(path)
    memory, seconds = reader["MEMORY"], reader["SECONDS"]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        found = reader["look"](sys.stdin.buffer.read())
    except (MemoryError, RecursionError):
        found = {"unfit": "complex"}
    except Exception:  # a library that reads files raises what it meets
        found = {"unfit": "broken"}
    json.dump(found, sys.stdout)
    sys.stdout.flush()
    os._exit(0)  # tidying up what was read may take longer than reading it


if __name__ == "__main__":
    main(sys.argv[1])
