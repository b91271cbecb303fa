"""What a goal says: to notice that somebody else changed it meanwhile, and to show what is stored then."""

import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _

from hrportal.common.forms import words_of
from performance.models import Objective

FIELDS = (
    "title",
    "description",
    "level",
    "kind",
    "competency_id",
    "owner_id",
    "org_unit_id",
    "parent_id",
    "period_id",
    "progress_from",
    "weight",
    "starts_on",
    "due_on",
)
RESULT_FIELDS = ("id", "title", "measure", "unit", "baseline", "target", "stretch", "weight", "frequency", "due_on")


def stamp_of(objective: Objective) -> str:
    """Changes with whatever can be edited, and with no measurement."""
    said = {name: getattr(objective, name) for name in FIELDS}
    results = list(objective.key_results.order_by("pk").values_list(*RESULT_FIELDS))
    return hashlib.sha256(json.dumps([said, results], default=str, sort_keys=True).encode()).hexdigest()[:32]


def stored_words(objective: Objective) -> list[dict[str, Any]]:
    """What is stored, as people read it: the words, the dates, and each key result."""
    shown = [
        {"label": words_of(Objective, name), "text": getattr(objective, name)}
        for name in ("title", "description", "starts_on", "due_on", "weight")
    ]
    for result in objective.key_results.order_by("pk"):
        text = _("%(title)s, from %(start)s to %(target)s") % {
            "title": result.title,
            "start": f"{result.baseline.normalize():f}",
            "target": f"{result.target.normalize():f}",
        }
        shown.append({"label": _("Key result"), "text": text})
    return shown
