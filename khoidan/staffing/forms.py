from datetime import date, timedelta

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khoidan.accounts.models import User
from khoidan.core.dates import DateField
from khoidan.core.forms import ReasonForm, ScopedForm
from khoidan.core.text import CONTROL

from .models import Appointment, Person, Position, StaffQuota
from .models.appointment import NOT_ONESELF

DAY = timedelta(days=1)
TOO_EARLY = _("Ngày cuối không thể trước ngày bắt đầu.")


def day_after_today():
    return timezone.localdate() + DAY


class LastDayField(DateField):
    """Shows and takes the last day inside a period; its value is the end outside it, as the column holds it."""

    def __init__(self, **kwargs):
        super().__init__(**{"label": _("Đến hết ngày"), "required": False} | kwargs)

    def to_python(self, value):
        last_day = super().to_python(value)
        return last_day and last_day + DAY

    def prepare_value(self, value):
        return value - DAY if isinstance(value, date) else value


class AccountField(forms.ModelChoiceField):
    """The name that an account signs in with, typed in any case: nobody leafs through the accounts of others."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"})
    default_error_messages = {
        "invalid_choice": _("Không có tài khoản nào tên như vậy còn gắn được; hãy hỏi người quản trị.")
    }

    def __init__(self, **kwargs):
        super().__init__(User.objects.none(), to_field_name="username", **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            if CONTROL.search(value):
                raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
            value = self.queryset.spelling(value.strip()) or value
        return super().to_python(value)


class PersonForm(ScopedForm):
    user = AccountField(
        label=_("Tài khoản"),
        required=False,
        help_text=_("Gõ tên đăng nhập do người quản trị lập; quyền đi theo chức danh, không theo tài khoản."),
    )

    layout = ((_("Người"), ["name", "unit"]), (_("Liên hệ và tài khoản"), ["phone", "email", "user"]))

    class Meta:
        model = Person
        fields = ["name", "unit", "phone", "email", "user"]
        labels = {"unit": _("Đơn vị quản lý hồ sơ")}

    def limit(self, user):
        """An account is given once: with it goes every right of the person, so only the administrator takes it away."""
        super().limit(user)
        field, linked = self.fields["user"], self.instance.user
        if linked:
            field.queryset, field.disabled = User.objects.filter(pk=linked.pk), True
            field.help_text = _("Hồ sơ đã gắn tài khoản; muốn đổi, hãy nhờ người quản trị gỡ trước.")
            self.initial["user"] = linked
        else:
            field.queryset = User.objects.filter(person=None, is_active=True, is_superuser=False)


class PeriodForm(ScopedForm):
    """A dated record: takes the last day inside, and tells every refusal at a field the form shows."""

    end = LastDayField(help_text=_("Để trống nếu chưa định ngày kết thúc."))
    weighed = ("voided_at",)  # columns that constraints look at though no field shows them
    fixed = ()  # fields that never change once the record is made

    def limit(self, user):
        super().limit(user)
        if self.instance.pk:
            for name in self.fixed:
                del self.fields[name]

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - ({*self.weighed, *self.fixed} - set(self.fields))

    def _update_errors(self, errors):
        """Move what a rule of the model refuses at a column that this form does not show."""
        if hasattr(errors, "error_dict"):
            moved = {}
            for name, found in errors.error_dict.items():
                shown = name in self.fields or name == NON_FIELD_ERRORS
                moved.setdefault(name if shown else "start", []).extend(found)
            errors = ValidationError(moved)
        super()._update_errors(errors)


class AppointmentForm(PeriodForm):
    layout = (
        (_("Ai, ở đâu"), ["person", "unit", "position", "kind"]),
        (_("Thời gian và căn cứ"), ["start", "end", "decision"]),
    )
    weighed = (*PeriodForm.weighed, "sole", "acting_for", "kind")
    fixed = ("person", "unit", "position")

    class Meta:
        model = Appointment
        fields = ["person", "unit", "position", "kind", "start", "end", "decision"]
        labels = {"unit": _("Đơn vị")}

    def limit(self, user):
        super().limit(user)
        if self.instance.acting_for_id:
            del self.fields["kind"]
        else:
            self.fields["kind"].choices = [c for c in Appointment.Kind.choices if c[0] != Appointment.Kind.ACTING]
        if not self.instance.pk:
            self.offer_seats(user)

    def offer_seats(self, user):
        """Positions that fit the unit; all that fit some offered unit until one is chosen."""
        self.fields["person"].queryset = Person.objects.permitting(user, "view")
        units = self.fields["unit"].queryset
        chosen = str(self.initial.get("unit", ""))
        known = units.filter(pk=chosen) if chosen.isdecimal() and not self.is_bound else units
        kinds = list(known.order_by().values_list("kind", flat=True).distinct())
        self.fields["position"].queryset = Position.objects.filter(Q(kinds=[]) | Q(kinds__overlap=kinds))
        self.fields["unit"].widget.attrs |= {
            "hx-get": reverse_lazy("staffing:appointment_new"),
            "hx-target": "#seat",
            "hx-select": "#seat > *",
        }

    def clean(self):
        cleaned = super().clean()
        unit, position = self.cleaned_data.get("unit"), self.cleaned_data.get("position")
        if unit and position and position.kinds and unit.kind not in position.kinds:
            text = _now("Chức danh «%(position)s» không dùng ở loại đơn vị «%(kind)s».")
            self.add_error("position", text % {"position": position, "kind": unit.get_kind_display()})
        start = self.cleaned_data.get("start")
        if unit and start and start < unit.valid_from:
            day = unit.valid_from.strftime("%d/%m/%Y")
            self.add_error("start", _now("%(unit)s thành lập ngày %(day)s.") % {"unit": unit, "day": day})
        for name in self.gained():
            self.add_error(name, NOT_ONESELF)
        return cleaned

    def gained(self):
        """Fields by which whoever fills this in would give a seat to themselves, or keep one for longer."""
        seat, sent = self.instance, self.cleaned_data
        if not seat.pk:
            return ["person"] if "person" in sent and sent["person"].user_id == self.user.pk else []
        if not seat.serves(self.user):
            return []
        sooner = "start" in sent and sent["start"] < seat.start
        longer = "end" in sent and seat.end and (sent["end"] is None or sent["end"] > seat.end)
        return [name for name, more in (("start", sooner), ("end", longer)) if more]


class QuotaForm(PeriodForm):
    layout = ((_("Biên chế"), ["unit", "seats"]), (_("Thời gian và căn cứ"), ["start", "end", "decision"]))
    fixed = ("unit",)

    class Meta:
        model = StaffQuota
        fields = ["unit", "seats", "start", "end", "decision"]
        labels = {"unit": _("Đơn vị")}


class EndingForm(ReasonForm):
    last_day = LastDayField(label=_("Giữ chức danh đến hết ngày"), required=True, initial=day_after_today)

    field_order = ["last_day", "reason"]

    def clean(self):
        cleaned = super().clean()
        return {"end": cleaned.get("last_day"), "reason": cleaned.get("reason", "")}


class ActingForm(forms.Form):
    """Who stands in for the holder of `record`, when, and in which of the holder's other seats too."""

    wants = ("user", "record")

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Người phụ trách thay"))
    start = DateField(label=_("Từ ngày"), initial=timezone.localdate)
    end = LastDayField(help_text=_("Để trống nếu chưa định ngày người được thay trở lại."))
    decision = Appointment._meta.get_field("decision").formfield()
    also = forms.ModelMultipleChoiceField(
        Appointment.objects.none(),
        label=_("Thay cả ở các chức danh khác của người này"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, user, record, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = record
        people = Person.objects.permitting(user, "view").exclude(pk=record.person_id)
        self.fields["person"].queryset = people
        self.fields["person"].widget.attrs["data-pick"] = ""
        others = Appointment.objects.permitting(user, "act").held().filter(person=record.person_id, acting_for=None)
        self.fields["also"].queryset = others.exclude(pk=record.pk).select_related("unit", "position")
        self.fields["also"].label_from_instance = lambda seat: f"{seat.position}, {seat.unit}"
        self.initial["also"] = list(self.fields["also"].queryset)
        if not self.initial["also"]:
            del self.fields["also"]

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end <= start:
            self.add_error("end", TOO_EARLY)
        return cleaned | {"end": end or self.record.end}
