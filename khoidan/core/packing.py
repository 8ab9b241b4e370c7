"""The files that people added, in a back-up: packed with their checksums, compared before anything is replaced."""

import hashlib
import io
import shutil
import tarfile
from pathlib import Path

from django.conf import settings

from khoidan.core import durable

FOLDER = "files"
SUMS = "files.sha256"  # the last member: an archive without it is not whole


class Summing:
    """A file that is summed up while it is read."""

    def __init__(self, file):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size):
        data = self.file.read(size)
        self.digest.update(data)
        return data


def root():
    return Path(settings.FILES_ROOT)


def pack(tar):
    """Add every file, then the list of their checksums; how many there are."""
    sums = {}
    for name in durable.names(root()):
        member = tar.gettarinfo(root() / name, f"{FOLDER}/{name}")
        with (root() / name).open("rb") as file:
            summing = Summing(file)
            tar.addfile(member, summing)
        sums[name] = summing.digest.hexdigest()
    listed = "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()
    member = tarfile.TarInfo(SUMS)
    member.size = len(listed)
    tar.addfile(member, io.BytesIO(listed))
    return len(sums)


def place_of(member, folder):
    """Where a member of an archive is unpacked below `folder`; None for what is no file of ours."""
    if member.name == SUMS:
        return folder / SUMS
    kind, _slash, name = member.name.partition("/")
    return folder / FOLDER / name if kind == FOLDER and durable.NAME.fullmatch(name) else None


def differing(folder):
    """Names of files that are not, or not as the list says; None where there is no list."""
    if not (folder / SUMS).exists():
        return None
    listed = {name: digest for digest, name in (line.split() for line in (folder / SUMS).read_text().splitlines())}
    there = set(durable.names(folder / FOLDER))
    return sorted(name for name in listed.keys() | there if not same(folder / FOLDER / name, listed.get(name)))


def same(path, digest):
    return path.is_file() and durable.checksum(path) == digest


def put_back(folder):
    """Every unpacked file stands in its place; what else is there stays until the database no longer names it."""
    for name in durable.names(folder / FOLDER):
        source, target = folder / FOLDER / name, root() / name
        if not same(target, durable.checksum(source)):
            with source.open("rb") as file:
                durable.write(root(), name, durable.chunks_of(file))


def drop_others(folder):
    """Remove the files that are not among the unpacked ones."""
    durable.remove(root(), set(durable.names(root())) - set(durable.names(folder / FOLDER)))


def drop_all():
    durable.remove(root(), durable.names(root()))
    shutil.rmtree(root() / durable.INCOMING, ignore_errors=True)
