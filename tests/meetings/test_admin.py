"""Kinds of meeting in the admin site, cared for like every other configuration."""

import pytest
from django.urls import reverse

from khoidan.meetings.models import MeetingKind
from khoidan.organizations.models import Event
from tests.factories import make_user


@pytest.fixture
def root(client, db):
    user = make_user("root", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def test_who_adds_and_changes_a_kind_is_noted(client, root):
    data = {"name": "Giao ban tuần", "code": "giao-ban", "minutes": "90", "order": "1"}
    client.post(reverse("admin:meetings_meetingkind_add"), data)
    kind = MeetingKind.objects.get()
    client.post(reverse("admin:meetings_meetingkind_change", args=[kind.pk]), data | {"minutes": "60"})
    assert list(Event.objects.about(kind).values_list("verb", "actor")) == [("changed", root.pk), ("created", root.pk)]
    assert MeetingKind.objects.get().minutes == 60


def test_kinds_are_found_without_marks(client, root):
    MeetingKind.objects.create(code="k1", name="Chuyên đề")
    MeetingKind.objects.create(code="k2", name="Sơ kết")
    found = client.get(reverse("admin:meetings_meetingkind_changelist"), {"q": "SO ket"}).context["cl"].queryset
    assert [kind.code for kind in found] == ["k2"]
