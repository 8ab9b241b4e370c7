import pytest
from django.utils.safestring import SafeString

from khoidan.core.icons import svg
from khoidan.core.templatetags.khoidan import bar, state


def test_a_state_is_an_icon_and_a_word_and_escapes_it():
    shown = state({"word": "<b>Nháp", "icon": "pencil", "tone": "draft"})
    assert isinstance(shown, SafeString)
    assert shown.startswith('<span class="state state-draft"><svg ')
    assert shown.endswith("&lt;b&gt;Nháp</span>")
    assert state(None) == ""


def test_an_icon_is_hidden_from_screen_readers_and_a_wrong_name_is_loud():
    assert 'aria-hidden="true"' in svg("house")
    with pytest.raises(FileNotFoundError):
        svg("no-such-icon")


def test_a_bar_fits_its_parts_even_when_they_exceed_the_whole():
    assert 'class="bar-late" x="750" width="250"' in bar(4, done=3, late=1)
    assert 'width="1000"' in bar(2, running=5)
    assert "rect" in bar(0, done=0)
