from datetime import date
from urllib.parse import urlencode

from django.urls import reverse


def rows_of(name, **filters):
    """URL of the list `name` filtered; days are written as the office writes them, and None asks for nothing."""
    told = {k: v.strftime("%d/%m/%Y") if isinstance(v, date) else v for k, v in filters.items() if v is not None}
    return f"{reverse(name)}?{urlencode(told)}"
