"""What a list does with saved views: shows them, opens with one, says what of an address they keep."""

from copy import copy
from functools import cached_property
from urllib.parse import parse_qsl, urlencode

from django.http import HttpResponseRedirect, QueryDict
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from khoidan.accounts.models import SavedView
from khoidan.core.prepared import PreparedRows
from khoidan.core.views import QuickViews
from khoidan.core.views.lists import PAGE_SIZES
from khoidan.core.views.quick import shown_of

LONGEST_QUERY = 2000  # characters
read_views = PreparedRows(SavedView.objects.filter, user=int, place=str)
BARE = {"view": "all"}  # asks for the list itself where one's opening view would be shown instead


class SavedViews(QuickViews):
    """Mixin of ListView: one's own saved views beside the usual ones; one of them may be what opens first."""

    def get(self, request, *args, **kwargs):
        if self.opening and not request.GET and not request.htmx:
            return HttpResponseRedirect(self.address(self.opening))
        return super().get(request, *args, **kwargs)

    @cached_property
    def saved(self):
        place = self.resource.name("list")
        return list(read_views(user=self.request.user.pk, place=place))

    @property
    def opening(self):
        return next((view for view in self.saved if view.opening and view.query), None)

    def address(self, view):
        return f"{self.request.path}?{view.query}" if view.query else self.bare_url()

    def bare_url(self):
        return f"{self.request.path}?{urlencode(BARE)}" if self.opening else super().bare_url()

    def quick_views(self):
        return [(_("Tất cả"), {})]

    def get_context_data(self, **kwargs):
        saved = [(view.name, self.address(view), self.shows(view)) for view in self.saved]
        context = super().get_context_data(saved_views=saved, save_place=self.resource.name("list"), **kwargs)
        context["view_shown"] = shown_of(saved) or context["view_shown"]
        if self.opening:
            context["kept"] = [*context.get("kept", []), *BARE.items()]
        return context

    def shows(self, view):
        """Whether the list is as `view` keeps it."""
        wanted = dict(parse_qsl(view.query))
        return self.fits(wanted) and wanted.get("sort", "") == self.request.GET.get("sort", "")

    def asked(self):
        """What of the address means something to this list, as a query string; all else is dropped."""
        given, form = self.request.GET, self.chosen().form
        form.is_valid()  # what cannot be read is left out of its data
        known = {name for name, value in form.cleaned_data.items() if value not in (None, "", [])}
        if self.ordering()[0]:
            known.add("sort")
        if given.get("size") in map(str, PAGE_SIZES):
            known.add("size")
        return urlencode({name: given[name] for name in given if name in known})


def list_at(place):
    """(view class, what it is made with) of the list of that URL name; None where no views are kept."""
    try:
        match = resolve(reverse(place))
    except (NoReverseMatch, Resolver404):
        return None
    view = getattr(match.func, "view_class", None)
    return (view, match.func.view_initkwargs) if view and issubclass(view, SavedViews) else None


def query_kept(place, query, request):
    """Of a query string what the list at `place` understands; None where there is no such list."""
    found = list_at(place)
    if found is None:
        return None
    shown = copy(request)
    shown.GET = QueryDict(query[:LONGEST_QUERY])
    view, made_with = found
    listing = view(**made_with)
    listing.setup(shown)
    return listing.asked()
