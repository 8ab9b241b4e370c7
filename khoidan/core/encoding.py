"""One encoding for everything that is sent here: Python knows some, rot13 say, that make no text of bytes."""

from django.utils.http import parse_header_parameters

UNREADABLE = "khoidan.unreadable"  # in the WSGI environment


def is_utf8(content_type):
    """True where the header of a request declares UTF-8, or nothing."""
    try:
        _kind, parameters = parse_header_parameters(content_type)
    except (LookupError, ValueError):
        return False
    return parameters.get("charset", "utf-8").lower() == "utf-8"


def utf8_only(application):
    """Marks what declares another encoding, and takes the declaration away: Django reads the address by it at once."""

    def marking(meta, start_response):
        if not is_utf8(meta.get("CONTENT_TYPE", "")):
            meta |= {"CONTENT_TYPE": "", UNREADABLE: True}
        return application(meta, start_response)

    return marking
