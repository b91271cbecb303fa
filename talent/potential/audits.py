"""How a pool round falls on groups, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.people.enums import Gender
from talent.models import GroupAudit

AGE_GROUPS = {
    "under_30": gettext_lazy("Under 30"),
    "30_to_39": gettext_lazy("30 to 39"),
    "40_to_49": gettext_lazy("40 to 49"),
    "50_and_over": gettext_lazy("50 and over"),
}


def shown_lines(audit: GroupAudit) -> list[dict[str, Any]]:
    """The lines of an audit with groups in words."""
    names = {"gender": _("Gender"), "age": _("Age")}
    groups = {"gender": dict(Gender.choices), "age": AGE_GROUPS}
    return [
        line
        | {
            "attribute_label": names[line["attribute"]],
            "group_label": groups[line["attribute"]].get(line["group"]) or _("Not known"),
            "is_reference": line["rate"] is not None and line["ratio"] is None and line["p"] is None,
        }
        for line in audit.lines
    ]
