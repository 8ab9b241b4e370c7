from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khoidan.core.dates import DateField, TimeField
from khoidan.core.forms import ScopedForm
from khoidan.meetings.models import Meeting
from khoidan.organizations.models import Unit
from khoidan.staffing.models import Person
from khoidan.tasks.offers import Offers, holding_seats_of, people_seated, words_of


class Invited(forms.Form):
    """Fields that invite: by name, and everybody who sits in a unit."""

    people = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("Mời từng người"), required=False, help_text=_("Gõ tên để tìm, không cần dấu.")
    )
    invited_units = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=_("Mời cả đơn vị"),
        required=False,
        help_text=_("Mời mọi người đang giữ chức danh ở đơn vị."),
    )

    def invited(self, day):
        """Ids of those whom the fields invite to a meeting on `day`."""
        named = [person.pk for person in self.cleaned_data.get("people") or []]
        units = self.cleaned_data.get("invited_units")
        return [*named, *(holding_seats_of(units, day) if units else [])]


class MeetingForm(Offers, Invited, ScopedForm):
    layout = (
        (_("Cuộc họp"), ["title", "kind", "unit", "organizations"]),
        (_("Thời gian, địa điểm"), ["day", "address", "start", "end", "area"]),
        (_("Thành phần"), ["chair", "secretary", "people", "invited_units", "audience"]),
    )
    day = DateField(label=_("Ngày họp"))
    start = TimeField(label=_("Bắt đầu"))
    end = TimeField(
        label=_("Kết thúc"), required=False, help_text=_("Để trống thì lấy số phút thường lệ của loại cuộc họp.")
    )

    class Meta:
        model = Meeting
        fields = ["title", "kind", "unit", "organizations", "area", "address", "chair", "secretary", "audience"]
        widgets = {"organizations": forms.CheckboxSelectMultiple}

    def __init__(self, *args, instance=None, initial=None, **kwargs):
        if instance:
            begins, ends = timezone.localtime(instance.starts_at), timezone.localtime(instance.ends_at)
            initial = {"day": begins.date(), "start": begins.time(), "end": ends.time()} | (initial or {})
        super().__init__(*args, instance=instance, initial=initial, **kwargs)

    def limit(self, user):
        super().limit(user)
        people = ["chair", "secretary"]
        if self.instance.pk:
            del self.fields["people"], self.fields["invited_units"]  # the page of the meeting invites from now on
        else:
            people.append("people")
            self.offer_of(self.fields["invited_units"], [unit for unit in self.units if unit.is_current()])
        self.offer_people(*people)
        self.offer_organizations(self.fields["organizations"])
        self.offer_areas(self.fields["area"])

    def clean(self):
        cleaned = super().clean()
        day, start, end, kind = (cleaned.get(name) for name in ("day", "start", "end", "kind"))
        if day and start and "end" not in self.errors and (end or kind):
            self.set_times(day, start, end, kind)
        return cleaned

    def set_times(self, day, start, end, kind):
        begins = datetime.combine(day, start)
        ends = datetime.combine(day, end) if end else begins + timedelta(minutes=kind.minutes)
        if ends <= begins:
            self.add_error("end", _("Giờ kết thúc phải sau giờ bắt đầu."))
        elif ends.date() != day:
            self.add_error("end", _("Hãy ghi giờ kết thúc: theo số phút thường lệ thì cuộc họp sang ngày hôm sau."))
        else:
            self.instance.starts_at = timezone.make_aware(begins)
            self.instance.ends_at = timezone.make_aware(ends)

    def save(self, commit=True):
        meeting = super().save(commit)
        leading = [pk for pk in (meeting.chair_id, meeting.secretary_id) if pk]
        meeting.invite([*leading, *self.invited(self.cleaned_data["day"])], by=self.user)
        return meeting


class InvitationForm(Invited):
    """Invite more people to `meeting`."""

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.day = timezone.localdate(meeting.starts_at)
        people = people_seated([meeting.bloc_id], self.day, near=[[meeting.unit_id]]).exclude(
            attendances__meeting=meeting
        )
        units = Unit.objects.filter(bloc=meeting.bloc_id).current(self.day).in_tree_order()
        offered = {"people": (people, words_of), "invited_units": (units, str)}
        for name, (rows, label) in offered.items():
            self.fields[name].queryset = rows
            self.fields[name].choices = [(row.pk, label(row)) for row in rows]
            self.fields[name].widget.attrs["data-pick"] = ""

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned["people"] and not cleaned["invited_units"]:
            raise forms.ValidationError(_now("Hãy chọn ít nhất một người hoặc một đơn vị."))
        return cleaned
