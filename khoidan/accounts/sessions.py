"""Session store in the database, with the account beside the data."""

import re

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from .models import Session

KEY = re.compile("[a-z0-9]{32}")


class SessionStore(DatabaseStore):
    def _validate_session_key(self, key):
        """Only what could be a key of ours is looked up; a cookie may hold bytes that the database refuses."""
        return bool(key) and KEY.fullmatch(key) is not None

    @classmethod
    def get_model_class(cls):
        return Session

    def create_model_instance(self, data):
        session = super().create_model_instance(data)
        session.user_id = data.get(SESSION_KEY)
        return session
