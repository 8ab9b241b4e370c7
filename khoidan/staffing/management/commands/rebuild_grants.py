from django.core.management.base import BaseCommand

from khoidan.accounts.models import User
from khoidan.staffing import grants


class Command(BaseCommand):
    help = "Rebuild everybody's rights from today's appointments and report what differed. Run it every night."

    def handle(self, *args, **options):
        differing = grants.rebuild_each(User.objects.order_by("pk"))
        for user, (added, removed) in differing.items():
            self.stdout.write(f"{user.username}: {len(added)} added, {len(removed)} removed")
        self.stdout.write(f"{len(differing)} accounts differed")
