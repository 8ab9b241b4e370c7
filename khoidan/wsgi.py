"""What a WSGI server loads: `khoidan.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khoidan.settings")
application = get_wsgi_application()
