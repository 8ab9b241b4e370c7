from zlib import crc32

from django import forms

from khoidan.meetings.models import Attendance


def digest(status, note):
    """What the page showed of one mark, as a number that comes back with it."""
    return crc32(f"{status} {note}".encode())


class RollForm(forms.Form):
    """Who came: a status and a note for each of `attendances`; what others marked meanwhile stays theirs."""

    def __init__(self, *args, attendances, **kwargs):
        super().__init__(*args, **kwargs)
        self.attendances = attendances
        note = Attendance._meta.get_field("note")
        for row in attendances:
            self.fields[f"status-{row.pk}"] = forms.ChoiceField(
                choices=Attendance.Status, required=False, label=row.person.name
            )
            self.fields[f"note-{row.pk}"] = note.formfield(label=row.person.name, validators=note.validators)
            self.fields[f"seen-{row.pk}"] = forms.IntegerField(required=False)

    def rows(self):
        """[{attendance, status, note, errors, seen}]: what was just typed, or else what is stored."""
        return [self.row(attendance) for attendance in self.attendances]

    def row(self, attendance):
        pk = attendance.pk
        typed = self.data if self.is_bound else {}
        return {
            "attendance": attendance,
            "status": typed.get(f"status-{pk}", attendance.status),
            "note": typed.get(f"note-{pk}", attendance.note),
            "errors": self.errors.get(f"note-{pk}", []) if self.is_bound else [],
            "seen": typed.get(f"seen-{pk}", digest(attendance.status, attendance.note)),
        }

    def marks(self, rest=""):
        """{attendance: (status, note)} that this person changed; `rest` is the status of those left unmarked."""
        found = {}
        for row in self.sent():
            status = self.cleaned_data[f"status-{row.pk}"] or Attendance.Status.INVITED
            if status == Attendance.Status.INVITED and rest:
                status = rest
            note = self.cleaned_data[f"note-{row.pk}"]
            shown = digest(status, note) == self.cleaned_data[f"seen-{row.pk}"]
            if not shown and (status, note) != (row.status, row.note):
                found[row] = (status, note)
        return found

    def sent(self):
        """Rows that stood on the page; who was invited since is not touched."""
        return [row for row in self.attendances if self.cleaned_data[f"seen-{row.pk}"] is not None]

    def marked_by_others(self, marks):
        """Names of those in `marks` whom somebody else marked since this page was shown."""
        return [row.person.name for row in marks if digest(row.status, row.note) != self.cleaned_data[f"seen-{row.pk}"]]
