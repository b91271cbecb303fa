"""A name that the sprite does not know draws nothing, and no page complains."""

import re
from pathlib import Path

from django.conf import settings

NAMED = re.compile(r'\b(?:action_)?icon="([\w-]+)"|includes/icon\.html" with (?:[^%]*? )?name="([\w-]+)"')


def test_every_icon_that_a_template_names_is_in_the_sprite():
    base = Path(settings.BASE_DIR)
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (base / "static/img/icons.svg").read_text()))
    pages = [path.read_text() for path in (base / "templates").rglob("*.html")]
    named = {one or other for page in pages for one, other in NAMED.findall(page)}
    assert len(named) > 50
    assert named <= drawn
