"""What every change of people and seats has in common: the rights that follow are right at once."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khoidan.core.views import ActionView, CreateView, UpdateView
from khoidan.staffing import grants


class Settling:
    """Mixin of views that change who sits where: rebuilds the rights concerned in the same transaction."""

    def saved(self, form):
        super().saved(form)
        grants.settle()


class SettlingCreate(Settling, CreateView):
    pass


class SettlingUpdate(Settling, UpdateView):
    pass


class Act(Settling, ActionView):
    pass


class Voiding(Act):
    """Takes back a record made by mistake; the message offers to undo."""

    action, verb, undo = "void", "void", "restoration/"
    title, done = _("Hủy bỏ"), _("Đã hủy bỏ «%(name)s».")

    def get_success_url(self):
        meta = self.model._meta
        return reverse(f"{meta.app_label}:{meta.model_name}_list")


class Restoration(Act):
    action, verb = "restore", "restore"
    title, done = _("Khôi phục"), _("Đã khôi phục «%(name)s».")

    def refused(self, form, refusal):
        """A record that stays voided has no page to go back to."""
        response = super().refused(form, refusal)
        response["Location"] = Voiding.get_success_url(self)
        return response
