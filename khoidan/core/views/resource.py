"""The screens of a model in a few declared lines: list, new, detail, edit, history, voiding and its undoing."""

from dataclasses import dataclass, field

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from khoidan.core.links import address_of

from .actions import Restoration, Voiding
from .bulk import BulkView
from .exports import ExportView
from .lists import ListView
from .records import CreateView, DetailView, HistoryView, UpdateView
from .voided import VoidedView


@dataclass(frozen=True)
class Action:
    """A button on the record's page: shown to who may `name`, while `when(record)` holds."""

    name: str
    label: str
    suffix: str  # of the URL name: task_<suffix>
    icon: str = "check2"
    style: str = "outline"
    asks: bool = False  # it has a form of its own: a link, not a button
    confirm: str = ""  # may hold %(name)s
    when: object = field(default=None, repr=False)

    def fits(self, record):
        return self.when is None or self.when(record)

    def on(self, record, url):
        return {
            "label": self.label,
            "suffix": self.suffix,
            "url": url,
            "icon": self.icon,
            "style": self.style,
            "method": "get" if self.asks else "post",
            "confirm": self.confirm % {"name": record},
        }


@dataclass(frozen=True)
class Tab:
    """A further page of each record, a ReadView, beside its content and its history; other apps may bring it."""

    suffix: str  # of the URL, of its name, and of the view
    label: str
    view: type


EDIT = Action("change", _("Sửa"), "edit", icon="pencil", asks=True)


def voiding(confirm, *, label="", when=None):
    """The act that `Resource.urls` then gives its pages; `confirm` asks, and may hold %(name)s."""
    return Action("void", label or _("Hủy"), "voiding", icon="trash", style="danger", confirm=confirm, when=when)


class Resource:
    """Declare `model`, `form_class`, `filterset_class`, `columns`; replace a view by naming another."""

    model = None
    form_class = None
    filterset_class = None
    columns = ()
    ordering = ()
    actions = ()
    tabs = ()
    bulk = ()  # acts on many rows of the list at once
    export_columns = ()  # what a spreadsheet holds beside the columns of the list
    menu = ""
    list_title = ""
    new_title = ""
    namespace = ""  # of the URLs; the model's app unless told

    list_view = ListView
    export_view = ExportView
    bulk_view = BulkView
    create_view = CreateView
    detail_view = DetailView
    update_view = UpdateView
    history_view = HistoryView
    voiding_view = Voiding
    restoration_view = Restoration
    voided_view = VoidedView
    carried = ("unit",)  # fields whose values go on to the next record of a series

    @classmethod
    def urls(cls):
        name = cls.model._meta.model_name
        made = [path("", cls.list_view.as_view(resource=cls), name=f"{name}_list")]
        if issubclass(cls.list_view, ListView):
            made.append(path("export/", cls.export_view.as_view(resource=cls), name=f"{name}_export"))
        for act in cls.bulk:
            view = cls.bulk_view.as_view(resource=cls, bulk=act)
            made.append(path(f"bulk/{act.name}/", view, name=f"{name}_bulk_{act.name}"))
        if cls.form_class:
            made.append(path("new/", cls.create_view.as_view(resource=cls), name=f"{name}_new"))
            made.append(path("<int:pk>/edit/", cls.update_view.as_view(resource=cls), name=f"{name}_edit"))
        if cls.voids():
            made.append(path("voided/", cls.voided_view.as_view(resource=cls), name=f"{name}_voided"))
            made.append(path("<int:pk>/voiding/", cls.voiding_view.as_view(resource=cls), name=f"{name}_voiding"))
            undo = cls.restoration_view.as_view(resource=cls)
            made.append(path("<int:pk>/restoration/", undo, name=f"{name}_restoration"))
        for tab in cls.tabs:
            view = tab.view.as_view(resource=cls)
            made.append(path(f"<int:pk>/{tab.suffix}/", view, name=f"{name}_{tab.suffix}"))
        return [
            *made,
            path("<int:pk>/", cls.detail_view.as_view(resource=cls), name=f"{name}_detail"),
            path("<int:pk>/history/", cls.history_view.as_view(resource=cls), name=f"{name}_history"),
        ]

    @classmethod
    def name(cls, suffix):
        meta = cls.model._meta
        return f"{cls.namespace or meta.app_label}:{meta.model_name}_{suffix}"

    @classmethod
    def url(cls, suffix, pk=None):
        return reverse(cls.name(suffix)) if pk is None else address_of(cls.name(suffix)).format(pk)

    @classmethod
    def templates(cls, suffix):
        meta = cls.model._meta
        return [f"{meta.app_label}/{meta.model_name}_{suffix}.html", f"crud/object_{suffix}.html"]

    @classmethod
    def add_url(cls, user):
        """Where `user` makes a new one; None where they may not."""
        return cls.url("new") if cls.form_class and cls.model.may_add(user) else None

    @classmethod
    def tab_labels(cls):
        return [(tab.suffix, tab.label) for tab in cls.tabs]

    @classmethod
    def bulk_for(cls, user):
        """[{label, icon, url}] of the acts on many rows that are for `user`."""
        shown = (act for act in cls.bulk if act.shown_to(cls.model, user))
        return [{"label": act.label, "icon": act.icon, "url": cls.url(f"bulk_{act.name}")} for act in shown]

    @classmethod
    def voids(cls):
        return any(action.name == "void" for action in cls.actions)

    @classmethod
    def voided_url(cls, user):
        """Where `user` finds what was voided; None where they may restore nothing."""
        return cls.url("voided") if cls.voids() and cls.model.may_restore(user) else None
