"""Files that outlive a power cut: written aside, forced to the disk, then named, and so are the folders above them."""

import hashlib
import os
import re
import secrets
from contextlib import suppress

INCOMING = "incoming"  # where a file stands until all of it is there
NAME = re.compile(r"([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{28}")
CHUNK = 2**20


def new_name():
    """A random name in two levels of folders; nothing of what people call the file."""
    drawn = secrets.token_hex(16)
    return f"{drawn[:2]}/{drawn[2:4]}/{drawn}"


def write(root, name, chunks):
    """The file appears under its name only when all of it is on the disk; the way to it is there for good, too."""
    target, part = root / name, root / INCOMING / secrets.token_hex(16)
    make_folders(root, part.parent, *reversed(folders_up_to(root, target)))
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    for folder in (*folders_up_to(root, target), root):
        sync(folder)
    with suppress(PermissionError):  # of somebody else, who made the root
        sync(root.parent)


def folders_up_to(root, path):
    """The folders that hold `path`, the innermost first, `root` left out."""
    return [folder for folder in path.parents if root in folder.parents]


def make_folders(root, *below):
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in below:
        folder.mkdir(mode=0o700, exist_ok=True)


def sync(path):
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def names(root):
    """Names of the files kept below `root`; whatever else lies there is not ours."""
    found = (path.relative_to(root).as_posix() for path in sorted(root.glob("??/??/*")) if path.is_file())
    return [name for name in found if NAME.fullmatch(name)]


def chunks_of(file):
    return iter(lambda: file.read(CHUNK), b"")


def checksum(path):
    """SHA-256 in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for chunk in chunks_of(file):
            digest.update(chunk)
    return digest.hexdigest()


def remove(root, doomed):
    for name in doomed:
        (root / name).unlink(missing_ok=True)
