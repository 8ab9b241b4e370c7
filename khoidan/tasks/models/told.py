"""What people are told of tasks; a verb says to whom, see `khoidan.notices.models.tell`."""

from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khoidan.notices.models import Group, Told, account_of, tell, tell_of_many
from khoidan.staffing.models import Person


def all_of(notice):
    """The list of the tasks of a notice of many."""
    return f"{reverse('tasks:task_list')}?notice={notice.pk}"


NOTICES = {
    "given": Told(Group.GIVEN, _("%(actor)s giao cho bạn: %(name)s")),
    "reassigned": Told(Group.GIVEN, _("%(actor)s chuyển cho bạn chủ trì: %(name)s")),
    "handed_over": Told(Group.GIVEN, _("%(actor)s bàn giao cho bạn %(n)s việc của %(leaver)s"), all_of),
    "helping": Told(Group.GIVEN, _("%(actor)s đề nghị bạn phối hợp: %(name)s")),
    "checking": Told(Group.GIVEN, _("%(actor)s đề nghị bạn nghiệm thu khi xong: %(name)s")),
    "due": Told(Group.DUE, _("Sắp đến hạn %(day)s: %(name)s")),
    "late": Told(Group.LATE, _("Quá hạn từ %(day)s: %(name)s")),
    "sent_back": Told(Group.RETURNED, _("%(actor)s trả lại để làm tiếp: %(name)s")),
    "handed_back": Told(Group.RETURNED, _("%(actor)s trả lại việc được giao: %(name)s")),
    "reopened": Told(Group.RETURNED, _("%(actor)s mở lại: %(name)s")),
    "submitted": Told(Group.WAITING, _("%(actor)s báo đã xong, chờ nghiệm thu: %(name)s")),
    "extension_asked": Told(Group.WAITING, _("%(actor)s xin gia hạn, chờ quyết định: %(name)s")),
    "extension_granted": Told(Group.OTHER, _("%(actor)s đồng ý gia hạn: %(name)s")),
    "extension_refused": Told(Group.OTHER, _("%(actor)s không đồng ý gia hạn: %(name)s")),
    "rescheduled": Told(Group.OTHER, _("%(actor)s đổi hạn: %(name)s")),
    "accepted": Told(Group.OTHER, _("%(actor)s đã nghiệm thu: %(name)s")),
    "completed": Told(Group.OTHER, _("%(actor)s đã hoàn thành: %(name)s")),
    "cancelled": Told(Group.OTHER, _("%(actor)s dừng việc: %(name)s")),
    "relieved": Told(Group.OTHER, _("%(actor)s chuyển việc của bạn cho người khác: %(name)s")),
    "taken_over": Told(Group.OTHER, _("%(actor)s bàn giao %(n)s việc của bạn cho người khác"), all_of),
    "many_given": Told(Group.GIVEN, _("%(actor)s giao cho bạn %(n)s việc"), all_of),
    "many_reassigned": Told(Group.GIVEN, _("%(actor)s chuyển cho bạn chủ trì %(n)s việc"), all_of),
    "many_helping": Told(Group.GIVEN, _("%(actor)s đề nghị bạn phối hợp %(n)s việc"), all_of),
    "many_checking": Told(Group.GIVEN, _("%(actor)s đề nghị bạn nghiệm thu %(n)s việc khi xong"), all_of),
    "many_submitted": Told(Group.WAITING, _("%(actor)s báo đã xong %(n)s việc, chờ nghiệm thu"), all_of),
    "many_rescheduled": Told(Group.OTHER, _("%(actor)s đổi hạn %(n)s việc"), all_of),
    "many_completed": Told(Group.OTHER, _("%(actor)s đã hoàn thành %(n)s việc"), all_of),
    "many_relieved": Told(Group.OTHER, _("%(actor)s chuyển %(n)s việc của bạn cho người khác"), all_of),
    "recurred": Told(Group.OTHER, _("Đã lập việc định kỳ: %(name)s")),
}

# Whom an act concerns, each with the notice that they get; who acts is never told of it.
CONCERNED = {
    "given": lambda task: {"given": [task.accountable], "helping": task.helpers.all()},
    "submitted": lambda task: {"submitted": task.who_may_check()},
    "sent_back": lambda task: {"sent_back": [task.accountable]},
    "handed_back": lambda task: {"handed_back": [task.given_by]},
    "accepted": lambda task: {"accepted": [task.accountable, task.given_by, *task.helpers.all()]},
    "completed": lambda task: {"completed": [task.given_by]},
    "extension_asked": lambda task: {"extension_asked": [task.given_by]},
    "extension_granted": lambda task: {"extension_granted": [task.accountable]},
    "extension_refused": lambda task: {"extension_refused": [task.accountable]},
    "rescheduled": lambda task: {"rescheduled": [task.accountable]},
    "reassigned": lambda task: {"reassigned": [task.accountable], "relieved": [task.relieved]},
    "checker_changed": lambda task: {"checking": [task.checker]},
    "helper_changed": lambda task: {"helping": [task.joined]},
    "cancelled": lambda task: {"cancelled": [task.accountable, task.checker, *task.helpers.all()]},
    "reopened": lambda task: {"reopened": [task.accountable]},
}

# What a handover of many tasks tells in place of one notice for each.
AS_ONE = {
    "reassigned": "handed_over",
    "checking": "handed_over",
    "helping": "handed_over",
    "relieved": "taken_over",
}

# What acts on many rows of a list tell in place of one notice for each; any other notice is told of each.
IN_BULK = {name.removeprefix("many_"): name for name in NOTICES if name.startswith("many_")}


class Telling:
    """Mixin of Task: whoever an act concerns hears of it at the bell, in the transaction of the act."""

    relieved = None  # who was accountable before the act
    joined = None  # who helps since the act
    heard = None  # a list where what would be told is gathered instead, for `tell_as_one`

    def record(self, verb, *, by, reason="", **details):
        event = super().record(verb, by=by, reason=reason, **details)
        for kind, people in CONCERNED.get(verb, lambda task: {})(self).items():
            if self.heard is None:
                tell(kind, self, to=people, by=by)
            else:
                self.heard.append((kind, self, people))
        return event

    def people_to_tell(self):
        """{kind: keys of persons} of who hears of an open task when they come to it by an edit."""
        return {"helping": set(self.helpers.values_list("pk", flat=True)), "checking": {self.checker_id} - {None}}

    def tell_who_came(self, before, *, by):
        """Tell whom an edit brought in since `before`, told by people_to_tell; of a draft they hear when given it."""
        if self.is_open:
            for kind, people in self.people_to_tell().items():
                tell(kind, self, to=Person.objects.filter(pk__in=people - before[kind]), by=by)


def tell_as_one(heard, *, by, as_one=AS_ONE, **details):
    """Tell each account once of all that concerns it in `heard`, [(kind, task, people)]; of one task as ever."""
    found = defaultdict(dict)
    for kind, task, people in heard:
        for person in people:
            if account := person and account_of(person):
                found[account, as_one.get(kind, kind)][kind, task.pk] = (task, person)
    for (_account, many), told in sorted(found.items(), key=lambda each: each[0]):
        tasks = {task.pk: task for task, _person in told.values()}
        if len(tasks) > 1 and many in as_one.values():
            _task, person = next(iter(told.values()))
            tell_of_many(many, list(tasks.values()), to=[person], by=by, **details)
        else:
            for (kind, _key), (task, person) in told.items():
                tell(kind, task, to=[person], by=by)
