"""Who can sign in, and the sessions they are signed in with."""

import pghistory
import pgtrigger
from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.core.fields import AddressField, LineField

STALE_GRANTS = """
    PERFORM 1 FROM accounts_user WHERE {which} ORDER BY id FOR NO KEY UPDATE;
    UPDATE accounts_user SET grants_on = NULL WHERE grants_on IS NOT NULL AND {which};
    RETURN NULL;
"""


def stale_grants(which="TRUE"):
    """Body of a trigger: the rights of `which` accounts (an SQL condition) are to be computed anew.

    It waits for every such account, the stale ones too: whoever rebuilds one meanwhile may have read what this
    transaction changes. Then it looks again, and writes where there is something to write.
    """
    return STALE_GRANTS.format(which=which)


class UserQuerySet(models.QuerySet):
    def demo(self):
        return self.filter(is_demo=True)

    def real(self):
        return self.filter(is_demo=False)

    def spelling(self, typed):
        """The name of the one of these accounts that is meant, in whatever case typed; None where it is not clear."""
        alike = list(self.filter(username__iexact=typed).values_list("username", flat=True))
        return typed if typed in alike else alike[0] if len(alike) == 1 else None


class Accounts(UserManager.from_queryset(UserQuerySet)):
    pass


@pghistory.track(exclude=["password", "last_login", "grants_on"])
class User(AbstractUser):
    """An account. It holds no right to work: those follow the appointments of its person."""

    class Theme(models.TextChoices):
        AUTO = "auto", _("Theo máy")
        LIGHT = "light", _("Sáng")
        DARK = "dark", _("Tối")

    class Language(models.TextChoices):
        VI = "vi", _("Tiếng Việt")
        EN = "en", _("Tiếng Anh")

    first_name = last_name = None
    name = LineField(_("họ và tên"), max_length=120)
    email = AddressField(AbstractUser._meta.get_field("email").verbose_name, blank=True)
    theme = models.CharField(_("giao diện"), max_length=5, choices=Theme, default=Theme.AUTO)
    language = models.CharField(_("ngôn ngữ"), max_length=2, choices=Language, default=Language.VI)
    is_demo = models.BooleanField(_("tài khoản minh họa"), default=False, editable=False)
    demo_role = LineField(_("vai minh họa"), blank=True, editable=False)
    # The day for which the rows of rights were computed; empty when something they rest on has changed since.
    grants_on = models.DateField(null=True, editable=False)

    REQUIRED_FIELDS = ["name"]
    objects = Accounts()

    class Meta:
        verbose_name = _("tài khoản")
        verbose_name_plural = pgettext_lazy("số nhiều", "tài khoản")
        ordering = ["username"]
        triggers = [
            pgtrigger.Trigger(
                name="lock_stales_grants",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=(
                    pgtrigger.Q(old__is_active__df=pgtrigger.F("new__is_active"))
                    | pgtrigger.Q(old__is_superuser__df=pgtrigger.F("new__is_superuser"))
                ),
                func="NEW.grants_on = NULL; RETURN NEW;",
            )
        ]

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split()[-1] if self.name else self.username

    def has_perm(self, perm, obj=None):
        """A superuser configures everything and works on nothing: about an object the answer is no."""
        if obj is not None and self.is_superuser:
            return False
        return super().has_perm(perm, obj)

    def end_sessions(self, *, keep=None):
        """Sign the account out everywhere, but for the session whose key is `keep`; how many ended."""
        return Session.objects.filter(user_id=self.pk).exclude(session_key=keep).delete()[0]


class Session(AbstractBaseSession):
    """A signed-in browser; knows its account, so that a locked account's sessions can be ended."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls):
        raise NotImplementedError("khoidan.accounts.sessions.SessionStore is the store")
