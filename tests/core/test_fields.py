"""The rules of text hold on every path: model, form, bulk, queryset and plain SQL."""

import unicodedata

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection

from khoidan.accounts.models import User
from khoidan.core.fields import Tidy
from khoidan.core.text import sort_key
from khoidan.organizations.models import Area, Unit
from khoidan.staffing.models import Person
from khoidan.tasks.models import Task
from tests.checks import complaints, refused_by_database, sql
from tests.factories import make_area, make_task

COMPOSED = "Tiểu ban Tuyên truyền - vận động"
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)

CONTROL = ["Nội dung có ký tự điều khiển không đọc được. Hãy gõ lại đoạn đó."]
MARKUP = ["Nội dung có thẻ HTML (dấu < đi liền chữ). Hãy bỏ thẻ, chỉ giữ chữ thường."]
ONE_LINE = ["Ô này chỉ nhận một dòng."]


def too_long(most, is_now):
    return [f"Chỉ được tối đa {most} ký tự (hiện có {is_now})."]


class TaskForm(forms.ModelForm):
    class Meta:
        model = Task
        fields = ["title", "description"]


LINES = [
    ("Họp\x00giao ban", CONTROL),
    ("Họp\x07giao ban", CONTROL),
    ("Họp\x85giao ban", CONTROL),
    ("<script>alert(1)</script>", MARKUP),
    ("Họp <b>gấp", MARKUP),
    ("Họp\ngiao ban", ONE_LINE),
    ("Họp\rgiao ban", ONE_LINE),
    ("a" * 10_000, too_long(300, 10_000)),
    ("a" * 301, too_long(300, 301)),
]
PROSE = [
    ("Họp\x00giao ban", CONTROL),
    ("Họp\x1bgiao ban", CONTROL),
    ("Họp\n</td>", MARKUP),
    ("a" * 10_000, too_long(5000, 10_000)),
    ("a" * 1_000_000, too_long(5000, 1_000_000)),
]


def names(rows):
    return [repr(text[:30]) for text, _sentences in rows]


@pytest.mark.parametrize(("text", "sentences"), LINES, ids=names(LINES))
def test_a_line_is_refused_with_a_sentence_at_its_field(house, text, sentences):
    task = make_task(house["women"])
    task.title = text
    assert complaints(task) == {"title": sentences}


@pytest.mark.parametrize(("text", "sentences"), PROSE, ids=names(PROSE))
def test_prose_is_refused_with_a_sentence_at_its_field(house, text, sentences):
    task = make_task(house["women"])
    task.description = text
    assert complaints(task) == {"description": sentences}


@pytest.mark.parametrize(("text", "sentences"), LINES[1:] + PROSE[3:], ids=names(LINES[1:] + PROSE[3:]))
def test_a_form_says_the_same_and_keeps_what_was_typed(house, text, sentences):
    field = "title" if (text, sentences) in LINES else "description"
    form = TaskForm({"title": "Họp", field: text}, instance=make_task(house["women"]))
    assert form.errors == {field: sentences}
    assert form[field].value() == text


@pytest.mark.parametrize("text", ["5 < 7 & 8 > 6", "{{ 7*7 }}", "' OR 1=1 --", '=cmd|"/c calc"!A1', "«Dân vận khéo»"])
def test_odd_but_honest_text_is_stored_as_typed(house, text):
    task = make_task(house["women"], text, description=f"{text}\n\t{text}")
    assert complaints(task) == {}
    task.refresh_from_db()
    assert (task.title, task.description) == (text, f"{text}\n\t{text}")


def test_nfd_is_stored_as_nfc_on_every_path(db):
    saved = make_area(DECOMPOSED)
    [bulk] = Area.objects.bulk_create([Area(name=DECOMPOSED, kind="commune")])
    updated = make_area("khác")
    Area.objects.filter(pk=updated.pk).update(name=DECOMPOSED)
    rows = sql("SELECT name FROM organizations_area WHERE id IN (%s, %s, %s)", saved.pk, bulk.pk, updated.pk)
    assert rows == [(COMPOSED,)] * 3
    assert Area.objects.filter(name=DECOMPOSED).count() == 3


def test_a_form_composes_before_it_counts(house):
    form = TaskForm({"title": unicodedata.normalize("NFD", "ệ" * 300)}, instance=make_task(house["women"]))
    assert form.is_valid(), form.errors
    assert form.save().title == "ệ" * 300


def test_invisible_marks_are_taken_out_on_every_path(db):
    area = make_area("Na\u200b Hang\u202e\ufeff")
    Area.objects.filter(pk=area.pk).update(code="0\u20601\u00ad")
    area.refresh_from_db()
    assert (area.name, area.code) == ("Na Hang", "01")
    area.name = "Đà\u200f Vị"
    area.full_clean()
    assert area.name == "Đà Vị"


def test_the_database_refuses_nfd_by_plain_sql(house):
    with refused_by_database("organizations_unit_name_check"):
        sql("UPDATE organizations_unit SET name = %s WHERE id = %s", DECOMPOSED, house["women"].pk)
    assert Unit.objects.get(pk=house["women"].pk).name == "women"


def test_every_text_column_is_checked_by_the_database(db):
    columns = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, Tidy)
    }
    checked = sql(
        "SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c"
        " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)"
        " WHERE c.contype = 'c' AND pg_get_constraintdef(c.oid) ~ 'IS NFC NORMALIZED'"
    )
    assert columns == set(checked)
    assert len(columns) > 40


def test_derived_columns_follow_their_sources_in_bulk_too(db):
    [area] = Area.objects.bulk_create([Area(name="Đà Vị", kind="commune")])
    assert sql("SELECT sort_key FROM organizations_area WHERE id = %s", area.pk) == [(sort_key("Đà Vị"),)]


def test_derived_columns_sort_by_bytes(db):
    for name in ["Ưng", "Uyên", "Đà Vị", "Dương", "Ân", "An", "Ánh"]:
        make_area(name)
    ordered = list(Area.objects.values_list("name", flat=True))
    assert ordered == ["An", "Ánh", "Ân", "Dương", "Đà Vị", "Uyên", "Ưng"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT collation_name FROM information_schema.columns WHERE column_name = 'sort_key'")
        assert {row[0] for row in cursor.fetchall()} == {"C"}


def test_the_soft_breaks_of_word_processors_are_breaks(house):
    form = TaskForm({"title": "Họp\x0bgiao ban", "description": "Việc một\x0bViệc hai"})
    form.is_valid()
    assert form.cleaned_data == {"title": "Họp giao ban", "description": "Việc một\nViệc hai"}


ADDRESSES = {
    '"<script>"@example.vn': MARKUP,
    '"a\x01b"@example.vn': CONTROL,
    '"a\x7fb"@example.vn': CONTROL,
}


def addresses():
    return [(model, forms.modelform_factory(model, fields=["email"])) for model in (User, Person)]


@pytest.mark.parametrize(("typed", "said"), ADDRESSES.items())
def test_an_address_holds_no_markup_and_no_control_characters(typed, said):
    for model, form in addresses():
        assert form({"email": typed}).errors["email"] == said
        with pytest.raises(ValidationError) as refusal:
            model(email=typed).clean_fields(exclude=["name", "unit", "username", "password"])
        assert set(said) <= set(refusal.value.message_dict["email"])


def test_an_address_is_kept_in_the_one_form():
    for _model, form in addresses():
        bound = form({"email": unicodedata.normalize("NFD", "hoi@ví-dụ.vn") + "\u200b"})
        assert bound.is_valid(), bound.errors
        assert bound.cleaned_data["email"] == "hoi@ví-dụ.vn"
