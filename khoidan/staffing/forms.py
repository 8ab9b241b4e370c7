from datetime import timedelta

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

from .models import Appointment, Person, Position, StaffQuota

TOO_EARLY = _("Ngày cuối không thể trước ngày bắt đầu.")


def after(last_day):
    """The exclusive end of a period whose last day people know; None stays None."""
    return last_day and last_day + timedelta(days=1)


class LastDayField(DateField):
    """The last day inside a period, in place of the end outside it."""

    def __init__(self, **kwargs):
        super().__init__(**{"label": _("Đến hết ngày"), "required": False} | kwargs)


class PersonForm(ScopedForm):
    layout = ((_("Người"), ["name", "unit"]), (_("Liên hệ và tài khoản"), ["phone", "email", "user"]))

    class Meta:
        model = Person
        fields = ["name", "unit", "phone", "email", "user"]
        labels = {"unit": _("Đơn vị quản lý hồ sơ")}
        help_texts = {"user": _("Tài khoản do người quản trị lập; quyền đi theo chức danh, không theo tài khoản.")}

    def limit(self, user):
        super().limit(user)
        free = Q(person=None, is_active=True, is_superuser=False)
        self.fields["user"].queryset = User.objects.filter(free | Q(pk=self.instance.user_id)).order_by("username")
        self.fields["user"].label_from_instance = lambda account: f"{account.username} · {account}"


class PeriodForm(ScopedForm):
    """A dated record: takes the last day inside, and tells every refusal at a field the form shows."""

    last_day = LastDayField(help_text=_("Để trống nếu chưa định ngày kết thúc."))
    weighed = ("end", "voided_at")  # columns that constraints look at though no field shows them
    fixed = ()  # fields that never change once the record is made

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("last_day", self.instance.last_day)

    def limit(self, user):
        super().limit(user)
        if self.instance.pk:
            for name in self.fixed:
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        start, last_day = self.cleaned_data.get("start"), self.cleaned_data.get("last_day")
        if start and last_day and last_day < start:
            self.add_error("last_day", TOO_EARLY)
        elif "last_day" in self.cleaned_data:
            self.instance.end = after(last_day)
        return cleaned

    def _get_validation_exclusions(self):
        known = {*self.weighed, *self.fixed} - set(self.fields)
        return super()._get_validation_exclusions() - (known - {"end"} if "last_day" in self.errors else known)

    def _update_errors(self, errors):
        """Move what a rule of the model refuses to the nearest field of this form."""
        if hasattr(errors, "error_dict"):
            moved = {}
            for name, found in errors.error_dict.items():
                moved.setdefault(self.place(name), []).extend(found)
            errors = ValidationError(moved)
        super()._update_errors(errors)

    def place(self, name):
        if name in self.fields or name == NON_FIELD_ERRORS:
            return name
        return "last_day" if name == "end" else "start"


class AppointmentForm(PeriodForm):
    layout = (
        (_("Ai, ở đâu"), ["person", "unit", "position", "kind"]),
        (_("Thời gian và căn cứ"), ["start", "last_day", "decision"]),
    )
    weighed = (*PeriodForm.weighed, "sole", "acting_for", "kind")
    fixed = ("person", "unit", "position")

    class Meta:
        model = Appointment
        fields = ["person", "unit", "position", "kind", "start", "decision"]
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
        return cleaned


class QuotaForm(PeriodForm):
    layout = ((_("Biên chế"), ["unit", "seats"]), (_("Thời gian và căn cứ"), ["start", "last_day", "decision"]))
    fixed = ("unit",)

    class Meta:
        model = StaffQuota
        fields = ["unit", "seats", "start", "decision"]
        labels = {"unit": _("Đơn vị")}


class EndingForm(ReasonForm):
    last_day = LastDayField(label=_("Giữ chức danh đến hết ngày"), required=True, initial=timezone.localdate)

    field_order = ["last_day", "reason"]

    def clean(self):
        cleaned = super().clean()
        return {"end": after(cleaned.get("last_day")), "reason": cleaned.get("reason", "")}


class ActingForm(forms.Form):
    """Who stands in for the holder of `record`, when, and in which of the holder's other seats too."""

    wants = ("user", "record")

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Người phụ trách thay"))
    start = DateField(label=_("Từ ngày"), initial=timezone.localdate)
    last_day = LastDayField(help_text=_("Để trống nếu chưa định ngày người được thay trở lại."))
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
        last_day = cleaned.pop("last_day", None)
        if last_day and cleaned.get("start") and last_day < cleaned["start"]:
            self.add_error("last_day", TOO_EARLY)
        cleaned["end"] = after(last_day) or self.record.end
        return cleaned
