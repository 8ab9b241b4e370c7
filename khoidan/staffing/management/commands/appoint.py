"""Seat the first person of an office: rights come from appointments, and nobody holds one yet to make another."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from khoidan.accounts.models import User
from khoidan.core.text import fold, tidy
from khoidan.organizations.models import Capability, Unit, UnitUserObjectPermission
from khoidan.staffing import grants
from khoidan.staffing.models import Appointment, Person, Position


class Command(BaseCommand):
    help = (
        "Make the person and the first appointment of an account. Works until somebody of the bloc manages staff: "
        "from then on the office appoints in the browser."
    )

    def add_arguments(self, parser):
        parser.add_argument("username", help="an account made in /admin/; not a superuser")
        parser.add_argument("name", help="full name, in quotes")
        parser.add_argument("unit", help="code or name of the unit; marks and case may be left out")
        parser.add_argument("position", help="code of the position")
        parser.add_argument("start", nargs="?", help="first day, as 05/11/2026 or 2026-11-05; today unless told")

    @transaction.atomic
    def handle(self, *, username, name, unit, position, start, **options):
        try:
            account, day = find_account(username), first_day(start)
            unit = find_unit(unit, day)
            require_nobody_manages(unit.bloc)
            person = person_of(account, name, unit.bloc)
            seat = take_seat(person, unit, find_position(position, unit), day)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        grants.settle()
        self.tell(seat)

    def tell(self, seat):
        self.stdout.write(
            _("Đã phân công từ ngày %(day)s: %(seat)s.") % {"day": f"{seat.start:%d/%m/%Y}", "seat": seat}
        )
        if managers(seat.bloc).exists():
            self.stdout.write(_("Người này đăng nhập rồi phân công những người khác ngay trong trình duyệt."))
        else:
            able = Position.objects.filter(role__grants__capability=Capability.MANAGE_STAFF).distinct()
            said = _("Hôm nay khối chưa có ai quản lý cán bộ; các chức danh có quyền đó: %(positions)s.")
            self.stdout.write(said % {"positions": codes_of(able)})


def find_account(username):
    account = User.objects.filter(username=User.objects.spelling(username)).first()
    if account is None:
        names = User.objects.filter(is_active=True, is_superuser=False).order_by("username")
        said = _("Không có tài khoản «%(name)s». Đang có: %(names)s. Lập tài khoản mới trong /admin/.")
        listed = ", ".join(names.values_list("username", flat=True))
        raise CommandError(said % {"name": username, "names": listed or _("chưa có tài khoản nào")})
    if account.is_superuser:
        said = _(
            "«%(name)s» là tài khoản quản trị hệ thống, không làm việc của cơ quan. Lập tài khoản khác trong /admin/."
        )
        raise CommandError(said % {"name": username})
    if not account.is_active:
        raise CommandError(_("Tài khoản «%(name)s» đang bị khóa; mở khóa trong /admin/ trước.") % {"name": username})
    return account


def first_day(text):
    return Appointment._meta.get_field("start").formfield().clean(text) if text else timezone.localdate()


def find_unit(text, day):
    """The one unit that exists on `day` under this code or name, marks and case aside unless two then look alike."""
    there = list(Unit.objects.select_related("bloc").in_tree_order())
    exact = [unit for unit in there if tidy(text) in names_of(unit)]
    alike = exact or [unit for unit in there if fold(tidy(text)) in map(fold, names_of(unit))]
    if len(alike) != 1:
        said = _("Có nhiều đơn vị «%(name)s»:") if alike else _("Không có đơn vị «%(name)s». Đang có:")
        lines = [f"    {unit.code:<8} {unit.name}" for unit in alike or there]
        raise CommandError("\n".join([said % {"name": text}, *lines]))
    [unit] = alike
    if day < unit.valid_from:
        said = _("%(unit)s thành lập ngày %(day)s.")
        raise CommandError(said % {"unit": unit, "day": f"{unit.valid_from:%d/%m/%Y}"})
    if not unit.is_current(day):
        raise CommandError(_("%(unit)s đã hết hoạt động.") % {"unit": unit})
    return unit


def names_of(unit):
    return [name for name in (unit.code, unit.short_name, unit.name) if name]


def find_position(code, unit):
    fitting = Position.objects.filter(Q(kinds=[]) | Q(kinds__contains=[unit.kind]))
    position = fitting.filter(code=code).first()
    if position is None:
        said = _("Ở %(unit)s không có chức danh mã «%(code)s». Đang có: %(positions)s.")
        raise CommandError(said % {"unit": unit, "code": code, "positions": codes_of(fitting)})
    return position


def codes_of(positions):
    return ", ".join(f"{position.code} ({position.name})" for position in positions)


def managers(bloc):
    """Accounts that manage staff somewhere in the bloc today, and may act."""
    grants.rebuild_stale()
    rows = UnitUserObjectPermission.objects.filter(
        content_object__bloc=bloc, permission__codename=Capability.MANAGE_STAFF
    )
    return User.objects.filter(pk__in=rows.values("user"), is_active=True, is_superuser=False)


def require_nobody_manages(bloc):
    names = ", ".join(map(str, managers(bloc)))
    if names:
        said = _("%(bloc)s đã có người quản lý cán bộ: %(names)s. Hãy phân công trong trình duyệt.")
        raise CommandError(said % {"bloc": bloc, "names": names})


def person_of(account, name, bloc):
    """The file of the account, made when there is none; kept by the bloc."""
    person = Person.objects.filter(user=account).first()
    if person is None:
        person = Person(name=name, unit=bloc, user=account)
        person.full_clean()
        person.save()
        person.record("created", by=None)
    elif person.voided_at or person.name != tidy(name):
        said = _("Tài khoản «%(account)s» đã gắn với hồ sơ khác: %(person)s.")
        raise CommandError(said % {"account": account.username, "person": person})
    return person


def take_seat(person, unit, position, day):
    """The main post, or one beside it for who has a main post already."""
    has_main = person.appointments.live().filter(Q(end=None) | Q(end__gt=day), kind=Appointment.Kind.MAIN).exists()
    kind = Appointment.Kind.CONCURRENT if has_main else Appointment.Kind.MAIN
    seat = Appointment(person=person, unit=unit, position=position, kind=kind, start=day)
    seat.full_clean()
    seat.save()
    seat.refresh_from_db()
    seat.record("created", by=None)
    return seat
