"""Links that templates keep before they use them: a route that is not there would be an empty address, and no error."""

import re
from pathlib import Path

from hrportal.common.checks import all_routes

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
KEPT = re.compile(r"""{% url ["']([\w:]+)["'][^%]* as \w+ %}""")


def test_every_address_that_is_kept_is_of_a_route():
    routes = {name for _, name, _ in all_routes()}
    kept = {(path.name, name) for path in TEMPLATES.rglob("*.html") for name in KEPT.findall(path.read_text())}

    assert len(kept) > 50
    assert sorted((path, name) for path, name in kept if name not in routes) == []
