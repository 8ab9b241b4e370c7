"""One door: lists, details, forms, acts and counts all start at the permitted queryset."""

from django.core.exceptions import PermissionDenied
from django.http import Http404


class Scoped:
    """Mixin: `model` seen through what `request.user` may do (`action`)."""

    model = None
    action = "view"
    http_method_names = ["get", "head", "post", "options"]  # what only POST takes, e.g. the row lock, no PUT escapes

    def get_queryset(self):
        return self.model.objects.permitting(self.request.user, self.action)

    def get_object(self, queryset=None):
        """The record of the URL: 404 outside one's rights, 403 with a sentence inside them."""
        rows = queryset if queryset is not None else self.get_queryset()
        found = self.fetched(rows.filter(pk=self.kwargs["pk"]))
        if found is not None:
            return found
        seen = self.model.objects.permitting(self.request.user, "view").filter(pk=self.kwargs["pk"]).first()
        if seen is None:
            raise Http404
        raise PermissionDenied(seen.refusal(self.action))

    def fetched(self, rows):
        """The record that is all of `rows`, or None."""
        return rows.first()


class Holding(Scoped):
    """Mixin of views that change a record: nobody else changes it while a POST is at work."""

    def get_queryset(self):
        rows = super().get_queryset()
        return rows.locked() if self.request.method == "POST" else rows


class InResource:
    """Mixin of the views that a Resource makes: they are about its model, at its place in the side bar."""

    resource = None

    @property
    def model(self):
        return self.resource.model

    @property
    def menu(self):
        return self.resource.menu


class Framed:
    """Mixin: what the page around the content needs to know."""

    menu = ""
    page_title = ""

    def get_page_title(self):
        return self.page_title

    def get_crumbs(self):
        """[(label, URL or None)] from the top of the side bar down to this page."""
        return []

    def get_context_data(self, **kwargs):
        frame = {"menu": self.menu, "page_title": self.get_page_title(), "crumbs": self.get_crumbs()}
        return super().get_context_data(**frame, **kwargs)
