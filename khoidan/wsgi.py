"""What a WSGI server loads: `khoidan.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

from khoidan.core.database import prepare_for
from khoidan.core.encoding import utf8_only
from khoidan.core.readiness import require_secret

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khoidan.settings")
prepare_for("gunicorn")
require_secret()
application = utf8_only(get_wsgi_application())
