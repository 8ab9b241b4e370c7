import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khoidan.core.fields import Derived, LineField
from khoidan.organizations.models import Capability, Owned, OwnedQuerySet, scope_of


class PersonQuerySet(OwnedQuerySet):
    def condition(self, user, action):
        """Colleagues' names and posts are known to whoever sits in the bloc: the office telephone list."""
        if action == "view":
            return Q(bloc__in=scope_of(user).any_bloc())
        return super().condition(user, action)

    def seated(self, day=None):
        """People who hold an appointment on `day`."""
        day = day or timezone.localdate()
        held = Q(appointments__start__lte=day, appointments__voided_at=None) & (
            Q(appointments__end=None) | Q(appointments__end__gt=day)
        )
        return self.filter(held).distinct()


@pghistory.track()
class Person(Owned):
    """Somebody of the staff. The file is kept by `unit`; only what the daily work uses is collected."""

    needs = Owned.needs | {
        "add": Capability.MANAGE_STAFF,
        "change": Capability.MANAGE_STAFF,
        "void": Capability.MANAGE_STAFF,
        "restore": Capability.MANAGE_STAFF,
    }
    acts = Owned.acts | {"created": _("Lập hồ sơ"), "changed": _("Sửa hồ sơ")}

    name = LineField(_("họ và tên"), max_length=120)
    phone = LineField(_("điện thoại công vụ"), max_length=30, blank=True)
    email = models.EmailField(_("thư điện tử công vụ"), blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("tài khoản"),
    )
    is_demo = models.BooleanField(_("dữ liệu minh họa"), default=False, editable=False)
    sort_key = Derived(sources=["name"], by="person_sort_key")
    folded = Derived(sources=["name", "phone", "email"])

    objects = PersonQuerySet.as_manager()

    class Meta(Owned.Meta):
        verbose_name = _("cán bộ")
        verbose_name_plural = _("cán bộ")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["bloc", "sort_key", "id"], name="person_by_bloc")]
        triggers = [
            *Owned.Meta.triggers,
            pgtrigger.Trigger(
                name="account_stales_grants",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("user_id", "voided_at"),
                func="UPDATE accounts_user SET grants_on = NULL WHERE id IN (NEW.user_id, OLD.user_id); RETURN NULL;",
            ),
        ]

    def __str__(self):
        return self.name

    def seats(self, day=None):
        """Appointments held on `day`, main post first."""
        return self.appointments.held(day).select_related("unit", "position").order_by("-kind", "position__order")
