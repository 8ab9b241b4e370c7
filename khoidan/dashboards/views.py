"""Home and search: no tables, no rules, only what the person may see anyway."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import TemplateView

from khoidan.core.links import rows_of
from khoidan.core.text import search_words
from khoidan.core.views import Framed
from khoidan.core.words import day
from khoidan.meetings.models import Meeting
from khoidan.organizations.models import Capability, Unit, scope_of
from khoidan.staffing.models import Person
from khoidan.staffing.seats import seats_by_unit
from khoidan.tasks.models import Task

from .tiles import Dashboard

LONGEST = 100  # characters that a search reads
SHOWN = 8  # search results of one kind; the list of that kind shows the rest


class Home(Framed, TemplateView):
    """What I must do now, this week, and the figures of the units I may read."""

    template_name = "dashboards/home.html"
    menu = "home"
    page_title = gettext_lazy("Trang chủ")

    def get_context_data(self, **kwargs):
        user = self.request.user
        units = Dashboard(user).units()
        board = Dashboard(user, self.chosen(units))
        by_unit = board.by_unit()
        context = {
            "board": board,
            "units": units,
            "unit": board.unit,
            "mine": board.mine(),
            "to_check": board.to_check(),
            "to_give": board.to_give(),
            "days": board.meetings(),
            "figures": board.figures() if by_unit else [],
            "by_unit": by_unit,
            "seats": self.seats(user),
            "seated": bool(scope_of(user).any_unit()),
        }
        return super().get_context_data(**context, **kwargs)

    def chosen(self, units):
        """The unit of ?unit=, None for all; a unit one may not read does not exist."""
        asked = self.request.GET.get("unit", "")
        if not asked:
            return None
        found = [unit for unit in units if str(unit.pk) == asked]
        if not found:
            raise Http404
        return found[0]

    @staticmethod
    def seats(user):
        """Quota against seats, for who answers for the staff."""
        return seats_by_unit(user) if scope_of(user).units(Capability.MANAGE_STAFF) else []


class Search(Framed, TemplateView):
    """One box over tasks, meetings, people and units; marks and case do not matter."""

    template_name = "dashboards/search.html"
    page_title = gettext_lazy("Tìm kiếm")

    def get_context_data(self, **kwargs):
        asked = self.request.GET.get("q", "").replace("\x00", "").strip()
        words = search_words(asked[:LONGEST])
        return super().get_context_data(
            search_text=asked[:LONGEST],
            too_long=len(asked) > LONGEST,
            groups=self.groups(words) if words else [],
            **kwargs,
        )

    def groups(self, words):
        """[{title, url of the whole list, rows: [(record, note)]}] of the kinds in which something was found."""
        kinds = [
            (_("Công việc"), Task, "tasks:task_list"),
            (pgettext("danh sách", "Cuộc họp"), Meeting, "meetings:meeting_list"),
            (pgettext("danh sách", "Cán bộ"), Person, "staffing:person_list"),
            (_("Đơn vị"), Unit, None),
        ]
        found = []
        for title, model, name in kinds:
            rows = model.objects.permitting(self.request.user, "view")
            for word in words:
                rows = rows.filter(folded__contains=word)
            rows = list(rows.for_list()[: SHOWN + 1])
            if rows:
                more = rows_of(name, q=" ".join(words)) if name and len(rows) > SHOWN else None
                shown = [(row, self.note(row)) for row in rows[:SHOWN]]
                found.append({"title": title, "url": more, "rows": shown})
        return found

    @staticmethod
    def note(row):
        """The day that tells records of one name apart."""
        if isinstance(row, Task):
            return _("Hạn %(day)s") % {"day": day(row.due)} if row.due else ""
        return day(row.starts_at) if isinstance(row, Meeting) else ""
