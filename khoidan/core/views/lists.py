"""Lists: filtered, sorted, paged, with their whole state in the URL."""

from urllib.parse import urlencode

from django.db.models import F
from django.utils.cache import patch_vary_headers
from django.views import generic

from .late import LatePaginator
from .records import OfResource

PAGE_SIZES = (25, 50, 100)


class Paged:
    """Mixin: pages of rows, each at its own address."""

    def url(self, **changes):
        """This list with parameters changed; those set to None are dropped, and so is the page."""
        changes = {"page": None} | changes
        kept = [(name, value) for name, values in self.request.GET.lists() if name not in changes for value in values]
        query = urlencode([*kept, *((name, value) for name, value in changes.items() if value is not None)])
        return f"{self.request.path}?{query}" if query else self.bare_url()

    def bare_url(self):
        """This list as it stands when nothing is asked of it."""
        return self.request.path

    def page_size(self):
        asked = self.request.GET.get("size", "")
        return int(asked) if asked in map(str, PAGE_SIZES) else PAGE_SIZES[1]

    def pages(self, page):
        numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
        return {
            "previous": self.url(page=page.number - 1) if page.has_previous() else None,
            "next": self.url(page=page.number + 1) if page.has_next() else None,
            "numbers": [(n, None if isinstance(n, str) else self.url(page=n), n == page.number) for n in numbers],
        }


class ListView(Paged, OfResource, generic.TemplateView):
    suffix = "list"

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def ordering(self):
        """(column name, descending) of the URL, or (None, False) for the usual order."""
        asked = self.request.GET.get("sort", "")
        name = asked.removeprefix("-")
        known = {column.name for column in self.resource.columns if column.sort}
        return (name, asked.startswith("-")) if name in known else (None, False)

    def ordered(self, rows):
        name, descending = self.ordering()
        fields = next((column.sort for column in self.resource.columns if column.name == name), None)
        if fields is None:
            return rows.order_by(*(self.resource.ordering or self.model._meta.ordering))
        turned = [F(f).desc(nulls_last=True) if descending else F(f).asc(nulls_last=True) for f in fields]
        return rows.order_by(*turned, "-pk" if descending else "pk")

    def chosen(self):
        """The filters as the address sets them, over all that this person may see."""
        return self.resource.filterset_class(self.request.GET, queryset=self.get_queryset(), request=self.request)

    def found(self, chosen):
        """Every row that the filters left, in the order asked for."""
        return self.ordered(chosen.qs).for_list()

    def get_context_data(self, **kwargs):
        chosen, asked = self.chosen(), self.request.GET.urlencode()
        return super().get_context_data(
            filter=chosen,
            columns=self.headers(),
            chips=[{"label": label, "url": self.url(**{name: None})} for name, label in chosen.chips()],
            clear_url=self.bare_url(),
            list_title=self.resource.list_title,
            list_query=asked,
            add_url=self.resource.add_url(self.request.user),
            voided_url=self.resource.voided_url(self.request.user),
            export_url=f"{self.resource.url('export')}?{asked}" if asked else self.resource.url("export"),
            bulk=self.resource.bulk_for(self.request.user),
            **self.paged(chosen),
            **kwargs,
        )

    def paged(self, chosen):
        """{page_obj and what leads to other pages of the rows that the filters left}."""
        page = LatePaginator(self.ordered(chosen.qs), self.page_size()).get_page(self.request.GET.get("page"))
        return {
            "page_obj": page,
            "pages": self.pages(page),
            "page_sizes": [(size, self.url(size=size), size == self.page_size()) for size in PAGE_SIZES],
            "kept": [(name, self.request.GET[name]) for name in ("sort", "size") if name in self.request.GET],
        }

    def headers(self):
        sorted_by, descending = self.ordering()
        return [self.header(column, column.name == sorted_by, descending) for column in self.resource.columns]

    def header(self, column, sorted_by_it, descending):
        turn = f"-{column.name}" if sorted_by_it and not descending else column.name
        return {
            "label": column.label,
            "css": column.css,
            "sort": column.name,
            "direction": ("descending" if descending else "ascending") if sorted_by_it else "",
            "url": self.url(sort=turn) if column.sort else None,
        }

    def get_page_title(self):
        return self.resource.list_title

    def get_crumbs(self):
        return [(self.resource.list_title, None)]
