"""What to think of when somebody leaves a seat: the work they have open."""

from urllib.parse import urlencode

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from khoidan.organizations.models import Capability, scope_of


def hand_over_url(user, person):
    """Where `user` hands over the work of `person`; None for who directs no work."""
    if not scope_of(user).units(Capability.DIRECT_WORK):
        return None
    return f"{reverse('tasks:handover')}?{urlencode({'person': person.pk})}"


def tell_of_handover(request, person):
    """Say whose work is left to hand over, with the way there for who may."""
    url = hand_over_url(request.user, person)
    told = _("Việc đang mở của %(person)s cần được bàn giao.") % {"person": person}
    link = format_html(' <a href="{}">{}</a>', url, _("Bàn giao việc")) if url else ""
    messages.info(request, format_html("{}{}", told, link))
