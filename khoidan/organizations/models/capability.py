from django.db import models
from django.utils.translation import gettext_lazy as _


class Capability(models.TextChoices):
    """What may be granted on a unit; an action on a record asks for one of these on the record's unit."""

    VIEW_WORK = "view_work", _("xem công việc")
    VIEW_ISSUED = "view_issued", _("xem bản ghi đã ban hành")
    ENTER_WORK = "enter_work", _("nhập công việc")
    DIRECT_WORK = "direct_work", _("giao và điều hành công việc")
    APPROVE_WORK = "approve_work", _("duyệt, ban hành, khóa sổ")
    MANAGE_STAFF = "manage_staff", _("quản lý cán bộ")
    VIEW_PRIVATE = "view_private", _("xem dữ liệu cá nhân")
    KEEP_REGISTERS = "keep_registers", _("giữ sổ văn bản và con dấu")
    READ_LOG = "read_log", _("đọc nhật ký")
