"""What the frame around every page shows: where one may go, what waits, who one is here."""

from django.conf import settings
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from khoidan.meetings.models import Meeting
from khoidan.staffing.models import Appointment, Person
from khoidan.tasks.models import Task


def frame(request):
    """Context of base.html; costs one query, and none for a part of a page that htmx asked for."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "htmx", False):
        return {}
    person = who_am_i(user)
    return {
        "nav": nav(person),
        "create_menu": create_menu(user),
        "office_name": person.bloc_name if person else "",
        "user_post": person.post if person else "",
        "session_ends": settings.SESSION_IDLE,
        "printed_at": timezone.now(),
    }


def who_am_i(user):
    """The person of `user` with the main post held today, the bloc, and how many of their tasks are late."""
    main = Appointment.objects.held().filter(person=OuterRef("pk")).order_by("-kind", "position__order")
    late = Task.objects.live().overdue().filter(accountable=OuterRef("pk")).order_by().values("accountable")
    return (
        Person.objects.filter(user=user)
        .annotate(
            post=Subquery(main.values("position__name")[:1]),
            bloc_name=F("bloc__short_name"),
            late=Coalesce(Subquery(late.annotate(n=Count("pk")).values("n")), 0),
        )
        .only("pk")
        .first()
    )


def nav(person):
    late = person.late if person else 0
    return [
        {"key": "home", "label": _("Trang chủ"), "icon": "house", "url": reverse("dashboards:home"), "count": 0},
        {
            "key": "mine",
            "label": _("Việc của tôi"),
            "icon": "person-check",
            "url": reverse("tasks:mine"),
            "count": late,
        },
        {"key": "tasks", "label": _("Công việc"), "icon": "list-check", "url": reverse("tasks:task_list"), "count": 0},
        {
            "key": "meetings",
            "label": _("Cuộc họp"),
            "icon": "calendar-event",
            "url": reverse("meetings:meeting_list"),
            "count": 0,
        },
        {
            "key": "organizations",
            "label": _("Tổ chức"),
            "icon": "diagram-3",
            "url": reverse("organizations:unit_list"),
            "count": 0,
        },
        {"key": "people", "label": _("Cán bộ"), "icon": "people", "url": reverse("staffing:person_list"), "count": 0},
        {
            "key": "appointments",
            "label": _("Phân công"),
            "icon": "person-badge",
            "url": reverse("staffing:appointment_list"),
            "count": 0,
        },
        {
            "key": "quotas",
            "label": _("Biên chế"),
            "icon": "grid-3x3",
            "url": reverse("staffing:staffquota_list"),
            "count": 0,
        },
    ]


def create_menu(user):
    makeable = [
        (Task, _("Công việc"), "tasks:task_new"),
        (Meeting, _("Cuộc họp"), "meetings:meeting_new"),
        (Person, _("Cán bộ"), "staffing:person_new"),
        (Appointment, _("Phân công"), "staffing:appointment_new"),
    ]
    return [(label, reverse(name)) for model, label, name in makeable if model.may_add(user)]
