"""What templates keep before they use it: a route that is not there would be an empty address, a sign would be written twice, and no error."""

import re
from pathlib import Path

from hrportal.common.checks import all_routes

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
SIGN_IN_WORDS = re.compile(r"""\b_\((["'])(?:(?!\1).)*%(?:(?!\1).)*\1\)""")
KEPT = re.compile(r"""{% url ["']([\w:]+)["'][^%]* as \w+ %}""")


def test_every_address_that_is_kept_is_of_a_route():
    routes = {name for _, name, _ in all_routes()}
    kept = {(path.name, name) for path in TEMPLATES.rglob("*.html") for name in KEPT.findall(path.read_text())}

    assert len(kept) > 50
    assert sorted((path, name) for path, name in kept if name not in routes) == []


def test_words_with_a_per_cent_sign_are_not_handed_on_in_passing():
    """Django writes the sign of `_("… %")` twice; `{% translate %}` writes it once."""
    doubled = [path.name for path in TEMPLATES.rglob("*.html") if SIGN_IN_WORDS.search(path.read_text())]

    assert doubled == []
