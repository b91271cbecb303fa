"""Of which unit the figures are asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.people.fields import UnitField
from hrportal.people.models import OrgUnit
from hrportal.people.viewer import Principal
from talent.models import TalentMetrics


class MetricsForm(forms.Form):
    org_unit = UnitField(
        label=_("Unit"),
        required=False,
        help_text=_("With all below it. Leave empty for all whose talent data you read."),
    )

    def __init__(self, *args: Any, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_org_unit(self) -> OrgUnit | None:
        unit: OrgUnit | None = self.cleaned_data["org_unit"]
        if not self.user.has_perm("talent.start_metrics", TalentMetrics(org_unit=unit)):
            raise forms.ValidationError(_("This is not one of the units whose talent data you read."))
        return unit
