"""What each person wants to be told of, and how."""

import datetime

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .group import Group

USUAL_HOUR = 7
SATURDAY = 5


def all_groups():
    return [group.value for group in Group]


def mailed_groups():
    """What one must act on; the rest waits at the bell."""
    return [group.value for group in Group if group != Group.OTHER]


class ChoiceQuerySet(models.QuerySet):
    def of_each(self, accounts):
        """{account id: Choice} for ids; who never chose has the usual one, not stored."""
        stored = {choice.account_id: choice for choice in self.filter(account__in=accounts)}
        return {pk: stored.get(pk) or self.model(account_id=pk) for pk in accounts}

    def silent(self, group):
        """Those of accounts that want nothing of `group` at the bell."""
        return self.exclude(bell__contains=[group])

    def of(self, account):
        return self.of_each([account.pk])[account.pk]


@pghistory.track()
class Choice(models.Model):
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("tài khoản")
    )
    bell = ArrayField(models.CharField(max_length=10, choices=Group), default=all_groups, verbose_name=_("ở chuông"))
    mail = ArrayField(models.CharField(max_length=10, choices=Group), default=mailed_groups, verbose_name=_("qua thư"))
    hour = models.PositiveSmallIntegerField(_("giờ gửi thư"), default=USUAL_HOUR)
    weekdays_only = models.BooleanField(_("không gửi thứ Bảy, Chủ nhật"), default=True)

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("lựa chọn thông báo")
        verbose_name_plural = pgettext_lazy("số nhiều", "lựa chọn thông báo")
        constraints = [models.CheckConstraint(condition=Q(hour__lt=24), name="choice_hour_is_of_the_day")]

    def __str__(self):
        return str(self.account)

    def wants_mail_at(self, now):
        """True once the hour of a day's mail has come; `now` is local."""
        if not self.mail or (self.weekdays_only and now.weekday() >= SATURDAY):
            return False
        return now.time() >= datetime.time(self.hour)
