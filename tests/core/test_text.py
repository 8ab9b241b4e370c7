import random
import unicodedata
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from khoidan.core import text
from khoidan.core.fields import TidyInput

DATA = Path(__file__).resolve().parent.parent / "data"
LETTERS = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯàảãáạằẳẵắặấềểễếệìỉĩíịồổỗốộờởỡớợừửữứựỳỷỹýỵ \u0301\u0323", max_size=20
)
MARKS = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\u2800\u3164\ufeff\uffa0"
INVISIBLE = st.text(MARKS, min_size=1, max_size=4)


def golden(name):
    """Lines in the order of Intl.Collator("vi"), made by data/make.mjs."""
    return (DATA / name).read_text().splitlines()


def shuffled(lines):
    return random.Random(2018).sample(lines, len(lines))


def nfd(words):
    return unicodedata.normalize("NFD", words)


def test_order_of_given_names():
    names = ["Ân", "An", "Ánh", "Đức", "Dũng", "Ơn", "Ổn", "Uyên", "Ưng"]
    assert sorted(names, key=text.sort_key) == ["An", "Ánh", "Ân", "Dũng", "Đức", "Ổn", "Ơn", "Uyên", "Ưng"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_two_thousand_syllables_sort_as_the_alphabet_says(form):
    syllables = golden("syllables_sorted.txt")
    assert len(syllables) == 2000
    assert sorted(shuffled(syllables), key=lambda s: text.sort_key(unicodedata.normalize(form, s))) == syllables


def test_a_hundred_names_sort_by_given_name():
    names = golden("names_sorted.txt")
    assert len(names) == 100
    assert sorted(shuffled(names), key=text.person_sort_key) == names


@pytest.mark.parametrize("name", ["", " ", "Ân", "  Ân  "])
def test_names_of_one_word_and_none_have_a_key(name):
    assert text.person_sort_key(name) == text.person_sort_key(name.strip())


@given(LETTERS, LETTERS)
def test_keys_are_plain_and_agree_with_each_other_on_prefixes(one, more):
    key, longer = text.sort_key(one), text.sort_key(one + " " + more)
    assert key.isascii()
    assert key <= longer


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("phu nu", "Hội Liên hiệp Phụ nữ"),
        ("doan", "Đoàn TNCS Hồ Chí Minh"),
        ("DOAN", "đoàn"),
        ("Đoàn", "doan"),
        ("con lon", "Côn Lôn"),
        ("ươn", "Lý Thị Ươn"),
        ("uon", "LÝ THỊ ƯƠN"),
        ("cựu  chiến", "Cựu chiến binh"),
        ("phụ nữ", nfd("Phụ nữ")),
        (nfd("phụ nữ"), "Phụ nữ"),
        ("khoi dan", "Khối\tDân"),
    ],
)
def test_search_finds(asked, written):
    assert text.fold(asked) in text.fold(written)


@pytest.mark.parametrize(("asked", "written"), [("phu nu", "Phúc Nữu"[:4]), ("ban", "Bình"), ("dan", "Tân")])
def test_search_does_not_find(asked, written):
    assert text.fold(asked) not in text.fold(written)


@given(LETTERS)
def test_folding_knows_no_case_no_form_and_no_second_time(words):
    folded = text.fold(words)
    assert folded == text.fold(words.upper()) == text.fold(nfd(words)) == text.fold(folded)
    assert folded.isascii()


@given(LETTERS, INVISIBLE, LETTERS)
def test_tidy_takes_out_what_nobody_sees_and_composes_the_rest(before, marks, after):
    assert text.tidy(before + marks + after) == unicodedata.normalize("NFC", before + after)


@given(LETTERS)
def test_tidy_twice_is_tidy_once(words):
    assert text.tidy(text.tidy(words)) == text.tidy(words)


def test_tidy_composes():
    assert text.tidy(nfd("Tiểu ban Dân chủ")) == "Tiểu ban Dân chủ"
    assert text.tidy("Na\u200b Hang\ufeff\u202e") == "Na Hang"


@pytest.mark.parametrize("words", ["<script>", "</p>", "<!-- x", "<?php", "a<b>c", "<IMG SRC=x>", "< b<i"])
def test_markup_is_seen(words):
    assert text.MARKUP.search(words)


@pytest.mark.parametrize("words", ["5 < 7", "số vụ < năm trước", "x <= y", "a -> b", "<3", "{{ 7*7 }}", "' OR 1=1"])
def test_ordinary_signs_are_not_markup(words):
    assert not text.MARKUP.search(words)


@pytest.mark.parametrize("mark", "\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0")
def test_what_looks_blank_is_empty(mark):
    assert text.tidy(mark * 3) == ""
    with pytest.raises(ValidationError) as refusal:
        TidyInput().clean(f"{mark} {mark}")
    assert [each.code for each in refusal.value.error_list] == ["required"]
