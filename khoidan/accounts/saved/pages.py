"""Where one keeps, renames, orders and removes one's own saved views."""

from itertools import groupby
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, TemplateView, UpdateView, View

from khoidan.accounts.forms import NewViewForm, SavedViewForm
from khoidan.accounts.models import SavedView, User
from khoidan.accounts.views import OwnAccount
from khoidan.core.views import Framed

from .lists import BARE, list_at, query_kept


class OwnViews(OwnAccount, Framed):
    """Mixin: the saved views of the person who asks, and nobody else's."""

    menu = "profile"

    def get_queryset(self):
        return SavedView.objects.filter(user=self.request.user.pk)

    def get_object(self, queryset=None):
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    def get_crumbs(self):
        return [(_("Hồ sơ của tôi"), reverse("accounts:profile")), (_("Cách xem đã lưu"), None)]


class ViewsKept(OwnViews, TemplateView):
    """All of them, list by list."""

    http_method_names = ["get", "head", "options"]
    template_name = "accounts/saved_views.html"
    page_title = gettext_lazy("Cách xem đã lưu")

    def get_context_data(self, **kwargs):
        groups = [
            (*self.about(place), list(views)) for place, views in groupby(self.get_queryset(), lambda view: view.place)
        ]
        return super().get_context_data(groups=groups, **kwargs)

    @staticmethod
    def about(place):
        """(title, address) of a list; its name alone where it is gone."""
        found = list_at(place)
        return (found[1]["resource"].list_title, reverse(place)) if found else (place, None)


class FormOfView(OwnViews):
    """Mixin: the form; one account saves one view at a time, so that the count and the names stay right."""

    template_name = "crud/object_form.html"

    def post(self, request, *args, **kwargs):
        User.objects.select_for_update(no_key=True).get(pk=request.user.pk)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        view = form.save(commit=False)
        view.keep()
        messages.success(self.request, _("Đã lưu cách xem «%(name)s».") % {"name": view})
        return redirect(self.get_success_url())

    def get_success_url(self):
        return reverse("accounts:saved_views")

    def get_page_title(self):
        return _("Cách xem của tôi")

    def get_context_data(self, **kwargs):
        return super().get_context_data(cancel_url=self.get_success_url(), **kwargs)


class ViewKeeping(FormOfView, CreateView):
    """Keep what a list shows now; comes back to the list."""

    http_method_names = ["post", "options"]
    form_class = NewViewForm

    def get_form_kwargs(self):
        place = self.request.POST.get("place", "")
        query = query_kept(place, self.request.POST.get("query", ""), self.request)
        if query is None:
            raise Http404
        self.made = SavedView(user_id=self.request.user.pk, place=place, query=query)
        return super().get_form_kwargs() | {"instance": self.made}

    def form_invalid(self, form):
        """A form sent twice is refused only for the view that it made itself."""
        if form.twin:
            return redirect(self.get_success_url())
        return super().form_invalid(form)

    def get_success_url(self):
        address = reverse(self.made.place)
        return f"{address}?{self.made.query or urlencode(BARE)}"


class ViewEditing(FormOfView, UpdateView):
    form_class = SavedViewForm


class ViewRemoval(OwnViews, View):
    http_method_names = ["post", "options"]

    def post(self, request, *args, **kwargs):
        view = self.get_object()
        view.delete()
        messages.success(request, _("Đã bỏ cách xem «%(name)s».") % {"name": view})
        return redirect("accounts:saved_views")
