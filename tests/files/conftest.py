import pytest

from khoidan.files.models import Attachment
from tests.factories import make_member, make_task
from tests.files.makers import picture, sent


@pytest.fixture
def root(settings, tmp_path):
    """A folder for the files of one test alone."""
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


@pytest.fixture
def worker(house):
    """Somebody of the office who answers for tasks, with no right to direct any."""
    return make_member(house["office"], "officer", "Lý Thị Lai")


@pytest.fixture
def task(root, house, worker):
    """A task of the women's union that somebody of the office answers for."""
    return make_task(house["women"], accountable=worker.person, given=True)


@pytest.fixture
def head(house):
    return make_member(house["women"], "organization_head", "Nông Thị Hinh")


@pytest.fixture
def helper(house, task):
    """Somebody of another organization who helps with the task."""
    user = make_member(house["youth"], "officer", "Ma Văn Tài")
    task.helpers.add(user.person)
    return user


@pytest.fixture
def attach(task, worker):
    """attach() hangs a picture on the task, as its worker does."""

    def hang(name="Ảnh.png", content=None, *, to=task, by=worker):
        return Attachment.objects.attach([sent(name, content or picture())], to=to, by=by)[0]

    return hang
