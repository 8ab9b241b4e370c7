from django.core.management.base import BaseCommand

from khoidan.accounts.models import User
from khoidan.staffing import grants


class Command(BaseCommand):
    help = "Rebuild everybody's rights from today's appointments and report what differed. Run it every night."

    def handle(self, *args, **options):
        differing = 0
        for user in User.objects.order_by("pk"):
            added, removed = grants.rebuild(user)
            if added or removed:
                differing += 1
                self.stdout.write(f"{user.username}: {len(added)} added, {len(removed)} removed")
        self.stdout.write(f"{differing} accounts differed")
