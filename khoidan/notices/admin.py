from django.conf import settings
from django.contrib import admin, messages
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from khoidan.core.attempts import attempt, sentence_for
from khoidan.staffing.admin.base import ReadOnly, SmallSearch

from .models import Digest


@admin.register(Digest)
class DigestAdmin(SmallSearch, ReadOnly):
    """What became of each mail; what it said is kept nowhere."""

    list_display = ["day", "account", "state", "tries", "last_error", "next_try", "sent_at"]
    list_filter = ["state", "day"]
    list_select_related = ["account"]
    search_fields = ["account__username", "account__name"]
    ordering = ["-day", "-pk"]
    actions = ["resend"]

    @admin.display(description=_("gửi tiếp lúc"))
    def next_try(self, digest):
        return digest.next_try_at if digest.state == Digest.State.WAITING else None

    @admin.action(description=_("Gửi lại"))
    def resend(self, request, queryset):
        if not settings.EMAIL_URL:
            return self.message_user(request, _now("Phần mềm chưa được nối với máy chủ thư."), messages.ERROR)
        queued = 0
        for digest in queryset.select_for_update(of=("self",)):
            if refusal := attempt(digest.resend, digest, by=request.user):
                self.message_user(request, f"{digest}: {sentence_for(refusal)}", messages.ERROR)
            else:
                queued += 1
        said = ngettext("%(n)d thư sẽ được gửi lại ở lượt tới.", "%(n)d thư sẽ được gửi lại ở lượt tới.", queued)
        return self.message_user(request, said % {"n": queued}, messages.SUCCESS if queued else messages.WARNING)
