"""The tree of units: bloc, organizations, branches, office, sub-committees; dated, and named by the office."""

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.accounts.models import stale_grants
from khoidan.core.expressions import AnyOf
from khoidan.core.fields import DayField, Derived, LineField

from .area import Area, stands_below_itself
from .capability import Capability
from .kept import Kept
from .permitted import Permitted
from .scope import scope_of

FIND_BLOC = """
    IF NEW.parent_id IS NULL THEN
        NEW.bloc_id = NEW.id;
    ELSE
        IF EXISTS (
            WITH RECURSIVE above(id, parent_id) AS (
                SELECT id, parent_id FROM organizations_unit WHERE id = NEW.parent_id
                UNION SELECT u.id, u.parent_id FROM organizations_unit u JOIN above ON u.id = above.parent_id
            ) SELECT 1 FROM above WHERE id = NEW.id
        ) THEN
            RAISE EXCEPTION 'unit % would stand below itself', NEW.id USING ERRCODE = 'check_violation';
        END IF;
        SELECT bloc_id INTO NEW.bloc_id FROM organizations_unit WHERE id = NEW.parent_id;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.bloc_id <> OLD.bloc_id THEN
        RAISE EXCEPTION 'unit % cannot move to another bloc', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Kind(models.TextChoices):
    BLOC = "bloc", _("khối")
    ORGANIZATION = "organization", _("tổ chức")
    BRANCH = "branch", _("tổ chức cơ sở")
    OFFICE = "office", _("văn phòng")
    SUB_COMMITTEE = "sub_committee", _("tiểu ban")


def in_blocs(blocs):
    """Condition: of one of the blocs with these keys."""
    return Q(AnyOf(F("bloc_id"), blocs))


class UnitQuerySet(Permitted):
    def granting(self, user, capability):
        """Units on which `user` holds `capability` today."""
        return self.filter(pk__in=scope_of(user).units(capability))

    def condition(self, user, action):
        """The structure is known to whoever sits in the bloc; who may do what on a unit, to who has a right there."""
        scope = scope_of(user)
        return Q(pk__in=scope.any_unit()) if action == "explain" else in_blocs(scope.any_bloc())

    def known_in(self, blocs):
        return self.filter(in_blocs(blocs))

    def organizations(self):
        return self.filter(kind=Kind.ORGANIZATION)

    def current(self, day=None):
        """Units that exist on `day`, today unless told."""
        day = day or timezone.localdate()
        return self.filter(Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day))

    def for_list(self):
        return self.select_related("area", "parent")

    def for_detail(self):
        return self.select_related("area", "parent", "bloc", "succeeded_by")

    def in_tree_order(self):
        return self.order_by("order", "sort_key", "pk")


@pghistory.track()
class Unit(Kept, models.Model):
    """Who does the work and whose rights cover it. A closed unit keeps its records under its old name."""

    needs = {"view": None, "explain": None}
    acts = {"created": _("Lập đơn vị"), "changed": _("Sửa đơn vị")}

    name = LineField(_("tên đơn vị"))
    short_name = LineField(_("tên gọn"), max_length=60)
    code = LineField(_("ký hiệu"), max_length=20, blank=True, help_text=_("Dùng trong ký hiệu văn bản."))
    kind = models.CharField(_("loại"), max_length=13, choices=Kind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("trực thuộc")
    )
    bloc = models.ForeignKey("self", models.PROTECT, editable=False, related_name="+", verbose_name=_("khối"))
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, verbose_name=_("địa bàn"))
    issues_documents = models.BooleanField(
        _("ban hành văn bản"), default=False, help_text=_("Có sổ văn bản và thể thức riêng.")
    )
    valid_from = DayField(_("thành lập ngày"))
    valid_to = DayField(
        _("hết hoạt động từ ngày"), null=True, blank=True, help_text=_("Ngày đầu tiên không còn hoạt động.")
    )
    succeeded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("đơn vị kế tục")
    )
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)
    sort_key = Derived(sources=["name"], by="sort_key")
    folded = Derived(sources=["name", "short_name", "code"])

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị")
        verbose_name_plural = pgettext_lazy("số nhiều", "đơn vị")
        ordering = ["order", "sort_key", "pk"]
        permissions = [(capability.value, capability.label) for capability in Capability]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=Kind.BLOC, parent=None) | (~Q(kind=Kind.BLOC) & Q(parent__isnull=False)),
                name="unit_only_bloc_is_root",
                violation_error_message=_("Chỉ khối đứng đầu cây; mọi đơn vị khác phải trực thuộc một đơn vị."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="unit_ends_after_start",
                violation_error_message=_("Ngày hết hoạt động phải sau ngày thành lập."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="find_bloc",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id"),
                func=FIND_BLOC,
            ),
            # Rights reach down the tree and by kind of unit: whoever changes that makes every computed right stale.
            pgtrigger.Trigger(
                name="tree_stales_grants",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id", "issues_documents"),
                func=stale_grants(),
            ),
        ]

    def __str__(self):
        return self.short_name

    def clean(self):
        """Refuse before the database does what would break the tree, at the field where it was made."""
        if stands_below_itself(self):
            raise ValidationError({"parent": _("Đơn vị không thể trực thuộc chính nó hay cấp dưới của nó.")})
        if (self.kind == Kind.BLOC) != (self.parent is None):
            raise ValidationError({"parent": _("Chỉ khối đứng đầu cây; mọi đơn vị khác phải trực thuộc một đơn vị.")})
        if self.pk and self.succeeded_by_id == self.pk:
            raise ValidationError({"succeeded_by": _("Đơn vị không thể kế tục chính nó.")})
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            raise ValidationError({"valid_to": _("Ngày hết hoạt động phải sau ngày thành lập.")})
        if self.pk and self.bloc_id and self.bloc_id != (self.parent.bloc_id if self.parent else self.pk):
            raise ValidationError({"parent": _("Không chuyển đơn vị sang khối khác được.")})

    @property
    def unit(self):
        """A unit is the unit of its own events."""
        return self

    @classmethod
    def may_add(cls, user):
        return False  # units are configured in the admin site

    def reasons(self, user):
        sentence = _now("Bạn đang giữ chức danh trong %(bloc)s.") % {"bloc": self.bloc}
        return [{"sentence": sentence, "url": None}]

    def get_rights_url(self):
        """The page that says who may do what on this unit, and through which appointment."""
        return self.get_absolute_url() + "rights/"

    def refusal(self, action):
        return _now("Bạn không có quyền nào ở %(unit)s.") % {"unit": self.name}

    def is_current(self, day=None):
        day = day or timezone.localdate()
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
