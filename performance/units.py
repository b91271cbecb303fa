"""Units to choose from in a form."""

from django.forms import ModelMultipleChoiceField

from hrportal.common.paths import WIDTH
from hrportal.people.models import OrgUnit


def indented(unit: OrgUnit) -> str:
    """A unit's name, set in by its depth in the tree."""
    return "\u2003" * (len(unit.path) // WIDTH - 1) + unit.name


class UnitsField(ModelMultipleChoiceField):
    """Several units of the tree."""

    def label_from_instance(self, obj: OrgUnit) -> str:
        return indented(obj)
