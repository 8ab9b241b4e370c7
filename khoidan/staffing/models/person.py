import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.accounts.models import stale_grants
from khoidan.core.errors import Refused
from khoidan.core.expressions import AnyOf
from khoidan.core.fields import AddressField, Derived, LineField
from khoidan.organizations.models import Capability, Owned, scope_of

from .known import STAFF_NEEDS, KnownInBloc, KnownInBlocQuerySet


class PersonQuerySet(KnownInBlocQuerySet):
    """Colleagues' names and posts are the office telephone list."""

    def condition(self, user, action):
        """What somebody's work came to is read by themselves, and by who directs or staffs the unit they work in."""
        if action != "evaluate":
            return super().condition(user, action)
        scope = scope_of(user)
        units = {*scope.units(Capability.DIRECT_WORK), *scope.units(Capability.MANAGE_STAFF)}
        return Q(bloc__in=scope.any_bloc(), user=user.pk) | Q(AnyOf(self.home(), sorted(units)))

    def seats_of_each(self, day=None):
        """Seats held on `day` by the person of the outer query, the main one first."""
        appointments = self.model._meta.get_field("appointments").related_model.objects
        return appointments.held(day).filter(person=OuterRef("pk")).order_by("-kind", "position__order", "pk")

    def home(self, day=None):
        """Id of the unit somebody works in: that of the first seat held on `day`, else of who keeps the file."""
        first = Subquery(self.seats_of_each(day).values("unit")[:1])
        return Coalesce(first, F("unit_id"), output_field=models.BigIntegerField())

    def with_home(self, day=None):
        return self.annotate(home=self.home(day))

    def for_list(self):
        """With `post` and `post_unit`, the first seat held today, and `others`, how many seats besides."""
        first = self.seats_of_each()
        held = first.order_by()
        count = held.values("person").annotate(n=Count("pk")).values("n")
        return self.annotate(
            post=Subquery(first.values("position__name")[:1]),
            post_unit=Subquery(first.values("unit__short_name")[:1]),
            others=Coalesce(Subquery(count), 1) - 1,
        )

    def for_detail(self):
        return self.select_related("unit", "user")


@pghistory.track()
class Person(KnownInBloc, Owned):
    """Somebody of the staff. The file is kept by `unit`; only what the daily work uses is collected."""

    needs = STAFF_NEEDS
    acts = Owned.acts | {
        "created": _("Lập hồ sơ"),
        "changed": _("Sửa hồ sơ"),
        "unlinked": _("Gỡ tài khoản"),
    }

    name = LineField(_("họ và tên"), max_length=120)
    phone = LineField(_("điện thoại công vụ"), max_length=30, blank=True)
    email = AddressField(_("thư điện tử công vụ"), blank=True)
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
        verbose_name_plural = pgettext_lazy("số nhiều", "cán bộ")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["bloc", "sort_key", "id"], name="person_by_bloc")]
        triggers = [
            *Owned.Meta.triggers,
            pgtrigger.Trigger(
                name="account_stales_grants",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("user_id", "voided_at"),
                func=stale_grants("id IN (NEW.user_id, OLD.user_id)"),
            ),
        ]

    def __str__(self):
        return self.name

    def refusal(self, action):
        if action == "evaluate":
            return _now("Chỉ %(person)s, người điều hành và người quản lý cán bộ đơn vị xem được.") % {"person": self}
        return super().refusal(action)

    def void(self, *, by, reason=""):
        """Take out a file made by mistake; whoever holds a seat, or will, cannot vanish."""
        if not self.is_idle():
            raise Refused(_now("Cán bộ này đang giữ hoặc sắp giữ chức danh; hãy kết thúc các phân công trước."))
        super().void(by=by, reason=reason)

    def unlink(self, *, by):
        """Take the account away, and with it every right; idempotent."""
        if self.user:
            account, self.user = self.user.username, None
            self.save(update_fields=["user"])
            self.record("unlinked", by=by, account=account)

    def is_idle(self):
        """True for who holds no seat, and will hold none."""
        coming = Q(end=None) | Q(end__gt=timezone.localdate())
        return not self.appointments.live().filter(coming).exists()

    def sits_in(self, bloc):
        """True while the person holds a seat in `bloc`, a key."""
        return self.appointments.held().filter(bloc=bloc).exists()

    def seats(self, day=None):
        """Appointments held on `day`, main post first."""
        return self.appointments.held(day).select_related("unit", "position").order_by("-kind", "position__order")
