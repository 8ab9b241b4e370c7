"""What was voided, and the way back once the message that offered to undo it is gone."""

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.translation import gettext as _
from django.views import generic

from .lists import Paged
from .records import OfResource


class VoidedView(Paged, OfResource, generic.TemplateView):
    """Voided records that this person may restore, the newest first; no such page for who may restore none."""

    action, suffix = "restore", "voided"

    def get_queryset(self):
        if not self.model.may_restore(self.request.user):
            raise Http404
        return super().get_queryset().for_list().select_related("unit").with_voiding().order_by("-voided_at", "-pk")

    def get_context_data(self, **kwargs):
        page = Paginator(self.get_queryset(), self.page_size()).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page_obj=page,
            pages=self.pages(page),
            rows=[(row, self.resource.url("restoration", row.pk)) for row in page],
            list_url=self.resource.url("list"),
            **kwargs,
        )

    def get_page_title(self):
        return _("Đã hủy: %(list)s") % {"list": self.resource.list_title}

    def get_crumbs(self):
        return [(self.resource.list_title, self.resource.url("list")), (_("Đã hủy"), None)]
