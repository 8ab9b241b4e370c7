import logging

from django.db import DatabaseError

from .models import Attachment
from .storage import noting_names

logger = logging.getLogger(__name__)


def no_orphans(get_response):
    """Files of a request whose rows were rolled back go with them; what is missed here, check_files reports."""

    def middleware(request):
        with noting_names() as names:
            response = get_response(request)
        try:
            Attachment.objects.drop_unnamed(names)
        except (DatabaseError, OSError):
            logger.warning("Files may be left without a record; manage.py check_files tells which")
        return response

    return middleware
