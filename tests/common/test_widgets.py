"""How fields are drawn: by our own templates where there is one."""

import pytest
from django import forms


class Form(forms.Form):
    kind = forms.ChoiceField(choices=[("", "---------"), ("a", "One")])
    other = forms.ChoiceField(choices=[("", "---------"), ("Team", [("b", "Two")])], required=False)


@pytest.mark.parametrize(("name", "words"), [("kind", "Please choose"), ("other", "–")])
def test_where_nothing_is_chosen_stand_words_instead_of_dashes(name, words):
    drawn = str(Form()[name])

    assert f'<option value="" selected>{words}</option>' in drawn
    assert "---" not in drawn


def test_what_is_chosen_is_drawn_as_ever():
    drawn = str(Form({"kind": "a", "other": "b"})["other"])

    assert '<optgroup label="Team">' in drawn
    assert '<option value="b" selected>Two</option>' in drawn
