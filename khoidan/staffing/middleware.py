from django.utils import timezone

from . import grants


class FreshGrants:
    """Rights are those of today: rebuilt on an account's first request of a day, or after they went stale."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if user.is_authenticated and user.grants_on != timezone.localdate():
            grants.rebuild(user)
            user.refresh_from_db(fields=["grants_on"])
        return self.get_response(request)
