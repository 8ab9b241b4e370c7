"""What the frame around every page shows: where one may go, what waits, who one is here."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from khoidan.accounts.middleware import idle_limit
from khoidan.core.expressions import AnyOf
from khoidan.core.prepared import Prepared
from khoidan.meetings.models import Meeting
from khoidan.notices.models import Notice
from khoidan.organizations.models import scope_of
from khoidan.staffing.models import Appointment, Person
from khoidan.tasks.models import Task


def frame(request):
    """Context of base.html; one query beside those of the account's rights, none for a part that htmx asked for."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "htmx", False):
        return {}
    person = who_am_i(user)
    return {
        "nav": nav(person),
        "create_menu": create_menu(user),
        "office_name": person.bloc_name if person else "",
        "user_post": person.post if person else "",
        "unread": person.unread if person else 0,
        "session_ends": idle_limit(user),
        "printed_at": timezone.now(),
    }


class Me(NamedTuple):
    """The person of an account: main post held today, bloc, how many tasks are late and notices unread."""

    post: str
    bloc_name: str
    late: int
    unread: int


def person_of(user, day, blocs):
    main = Appointment.objects.held(day).filter(person=OuterRef("pk")).order_by("-kind", "position__order")
    own = Task.objects.live().at_work().late(day).filter(AnyOf(F("bloc_id"), blocs), accountable=OuterRef("pk"))
    late = own.order_by().values("accountable").annotate(n=Count("pk")).values("n")
    return (
        Person.objects.filter(user=user, voided_at=None)
        .order_by()
        .annotate(post=Subquery(main.values("position__name")[:1]), late=Coalesce(Subquery(late), 0))
        .annotate(unread=Notice.objects.counted(user))
        .values_list("post", "bloc__short_name", "late", "unread")
    )


read_me = Prepared(person_of, user=int, day=date, blocs=list)


def who_am_i(user):
    found = read_me(user=user.pk, day=timezone.localdate(), blocs=scope_of(user).any_bloc())
    return Me(*found[0]) if found else None


PLACES = (
    ("home", _("Trang chủ"), "house", "dashboards:home"),
    ("mine", _("Việc của tôi"), "person-check", "tasks:mine"),
    ("tasks", _("Công việc"), "list-check", "tasks:task_list"),
    ("meetings", pgettext_lazy("danh sách", "Cuộc họp"), "calendar-event", "meetings:meeting_list"),
    ("organizations", _("Tổ chức"), "diagram-3", "organizations:unit_list"),
    ("people", pgettext_lazy("danh sách", "Cán bộ"), "people", "staffing:person_list"),
    ("appointments", pgettext_lazy("danh sách", "Phân công"), "person-badge", "staffing:appointment_list"),
    ("quotas", _("Biên chế"), "grid-3x3", "staffing:staffquota_list"),
)


def nav(person):
    """The side bar, with the count of what waits for this person."""
    waiting = {"mine": person.late if person else 0}
    return [
        {"key": key, "label": label, "icon": icon, "url": reverse(name), "count": waiting.get(key, 0)}
        for key, label, icon, name in PLACES
    ]


def create_menu(user):
    makeable = [
        (Task, pgettext("tạo mới", "Công việc"), "tasks:task_new"),
        (Meeting, _("Cuộc họp"), "meetings:meeting_new"),
        (Person, _("Cán bộ"), "staffing:person_new"),
        (Appointment, pgettext("tạo mới", "Phân công"), "staffing:appointment_new"),
    ]
    return [(label, reverse(name)) for model, label, name in makeable if model.may_add(user)]
