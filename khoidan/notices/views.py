"""The bell's page, reading, and what each person chooses to be told."""

from itertools import groupby

from django.conf import settings
from django.contrib import messages
from django.contrib.messages.views import SuccessMessageMixin
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, UpdateView, View

from khoidan.accounts.models import User
from khoidan.accounts.views import OwnAccount
from khoidan.core.views import Framed, Scoped
from khoidan.core.views.lists import Paged

from .forms import ChoiceForm, UntilForm
from .models import Choice, Digest, Notice


class NoticeList(Paged, Scoped, Framed, TemplateView):
    """What one was told of: unread first, by day. Reading it changes nothing."""

    model = Notice
    template_name = "notices/notice_list.html"
    page_title = _("Thông báo")

    def get_queryset(self):
        return super().get_queryset().ringing()

    def get_crumbs(self):
        return [(_now("Thông báo"), None)]

    def get_context_data(self, **kwargs):
        page = Paginator(self.get_queryset().newest(), self.page_size()).get_page(self.request.GET.get("page"))
        page.object_list = page.object_list.select_related("unit").with_records(self.request.user)
        return super().get_context_data(
            page_obj=page,
            pages=self.pages(page),
            days=[(read, day, list(rows)) for (read, day), rows in groupby(page, key=day_of)],
            until=timezone.now().isoformat(),
            **kwargs,
        )


def day_of(notice):
    return notice.read_at is not None, timezone.localdate(notice.at)


class Reading(Scoped, View):
    """Opens what a notice is about, by POST: a GET marks nothing, whoever fetches it ahead."""

    model, action = Notice, "read"
    http_method_names = ["post"]

    def post(self, request, pk):
        self.get_object()
        opened = self.get_queryset().filter(pk=pk)
        opened.read()
        address = opened.with_records(request.user)[0].address()
        if address is not None:
            return HttpResponseRedirect(address)
        messages.info(request, _now("Bạn không còn được xem bản ghi của thông báo này."))
        return redirect("notices:notice_list")


class ReadingAll(Scoped, View):
    model, action = Notice, "read"
    http_method_names = ["post"]

    def post(self, request):
        form = UntilForm(request.POST)
        if form.is_valid():
            read = self.get_queryset().ringing().filter(at__lte=form.cleaned_data["until"]).read()
            said = ngettext("Đã đánh dấu %(n)d thông báo là đã đọc.", "Đã đánh dấu %(n)d thông báo là đã đọc.", read)
            messages.success(request, said % {"n": read})
        else:
            messages.error(request, _now("Chưa đánh dấu được. Hãy mở lại trang Thông báo rồi bấm lần nữa."))
        return redirect("notices:notice_list")


class Choices(OwnAccount, Framed, SuccessMessageMixin, UpdateView):
    """What one chose; an account saves once at a time, so that the first choice is written once."""

    form_class = ChoiceForm
    template_name = "notices/choices.html"
    success_url = reverse_lazy("notices:choices")
    success_message = _("Đã lưu lựa chọn thông báo của bạn.")
    page_title = _("Chọn thông báo")

    def post(self, request, *args, **kwargs):
        User.objects.select_for_update(no_key=True).get(pk=request.user.pk)
        return super().post(request, *args, **kwargs)

    def get_object(self, queryset=None):
        return Choice.objects.of(self.request.user)

    def get_crumbs(self):
        return [(_now("Hồ sơ của tôi"), reverse("accounts:profile")), (_now("Chọn thông báo"), None)]

    def get_context_data(self, **kwargs):
        last = Digest.objects.filter(account=self.request.user).exclude(state=Digest.State.NOTHING).first()
        return super().get_context_data(last=last, mails=bool(settings.EMAIL_URL), **kwargs)
