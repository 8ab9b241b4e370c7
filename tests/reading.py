"""What a page says to people, and what of it is neither data nor in the page's language."""

import re
from functools import cache
from html.parser import HTMLParser

from django.apps import apps
from django.db import connection, models

from khoidan.accounts.models import User

SPOKEN_ATTRIBUTES = {"alt", "aria-label", "data-confirm", "data-label", "placeholder", "summary", "title"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SILENT = {"script", "style"}
VIETNAMESE = re.compile(r"[À-ÖØ-öø-ỹ]")
# Words that neither Vietnamese nor a name of ours contains.
ENGLISH = re.compile(
    r"\b(the|this|are|please|select|enter|add|change|delete|save|required|with|password|user|view|of|by|and|must|not)\b",
    re.IGNORECASE,
)


def text_of(response):
    return response.content.decode()


class Reader(HTMLParser):
    """Collects texts and spoken attributes; what is marked as being in another language is passed over."""

    def __init__(self, html):
        super().__init__()
        self.texts, self.hidden = [], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        foreign = "lang" in attrs and tag != "html"
        if self.hidden or foreign or tag in SILENT:
            self.hidden += tag not in VOID
            return
        wanted = SPOKEN_ATTRIBUTES | ({"value"} if attrs.get("type") in ("submit", "button") else set())
        self.texts += [attrs[name] for name in wanted & attrs.keys() if attrs[name]]

    def handle_endtag(self, tag):
        if self.hidden and tag not in VOID:
            self.hidden -= 1

    def handle_data(self, data):
        if not self.hidden and data.strip():
            self.texts.append(" ".join(data.split()))


class Data:
    """Every text in the database; `without` takes them out of what a page says."""

    def __init__(self):
        found = {" ".join(part.split()) for text in stored() for part in (text, *text.split("\n"))}
        longest_first = sorted((text for text in found if len(text) > 2), key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, longest_first)) or "$.", re.IGNORECASE)
        self.without = cache(lambda text: self.pattern.sub("", text))


def stored():
    tables = connection.introspection.table_names()
    for model in (model for model in apps.get_models() if model._meta.db_table in tables):
        for row in model._base_manager.values_list(*texts(model)) if texts(model) else ():
            yield from filter(None, row)
    for user in User.objects.all():
        yield user.get_short_name()


def texts(model):
    columns = (column for column in model._meta.concrete_fields if not column.choices)
    return [column.attname for column in columns if isinstance(column, models.CharField | models.TextField)]


def leftovers(html, language, data):
    """Texts of the page which, without the data in them, are in the other language."""
    wrong = VIETNAMESE if language == "en" else ENGLISH
    return [text for text in Reader(html).texts if wrong.search(text) and wrong.search(data.without(text))]
