import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.core.fields import LineField

from .user import User


@pghistory.track()
class SavedView(models.Model):
    """Filters and order of a list, kept by one person under a name of theirs. It grants nothing: the list decides."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views", verbose_name=_("tài khoản"))
    place = models.CharField(_("danh sách"), max_length=100, editable=False)  # name of the list's URL
    name = LineField(_("tên cách xem"), max_length=60)
    query = models.CharField(_("điều kiện"), max_length=2000, blank=True, editable=False)  # as in the address
    opening = models.BooleanField(
        _("mở đầu tiên"), default=False, help_text=_("Hiện cách xem này mỗi khi mở danh sách từ bảng chọn.")
    )
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=10)

    class Meta:
        verbose_name = _("cách xem")
        verbose_name_plural = pgettext_lazy("số nhiều", "cách xem")
        ordering = ["place", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                "user",
                "place",
                Lower("name"),
                name="saved_view_name_once",
                violation_error_message=_("Bạn đã có một cách xem cùng tên ở danh sách này."),
            ),
            models.UniqueConstraint(fields=["user", "place"], condition=Q(opening=True), name="saved_view_one_opening"),
        ]

    def __str__(self):
        return self.name

    def keep(self):
        """Save it; the list then opens with no other."""
        if self.opening:
            others = SavedView.objects.filter(user=self.user_id, place=self.place, opening=True)
            others.exclude(pk=self.pk).update(opening=False)
        self.save()
