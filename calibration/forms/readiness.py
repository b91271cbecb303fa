"""Of which cycle and which unit an audit is asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from calibration.models import ReadinessAudit
from calibration.readiness.cycles import auditable, cycle_to_audit
from hrportal.common.forms import offer
from hrportal.people.fields import UnitField
from hrportal.people.models import OrgUnit
from hrportal.people.viewer import Principal
from performance.models import ReviewCycle


class ReadinessForm(forms.Form):
    cycle = forms.ModelChoiceField(label=_("Cycle"), queryset=ReviewCycle.objects.none(), empty_label=None)
    org_unit = UnitField(
        label=_("Unit"), required=False, help_text=_("With all below it. Leave empty for everyone you look after.")
    )

    def __init__(self, *args: Any, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        offer(self, "cycle", auditable(user))
        self.fields["cycle"].initial = cycle_to_audit(user)

    def clean_org_unit(self) -> OrgUnit | None:
        unit: OrgUnit | None = self.cleaned_data["org_unit"]
        if not self.user.has_perm("calibration.start_readiness_audit", ReadinessAudit(org_unit=unit)):
            raise forms.ValidationError(_("This is not one of the units you look after."))
        return unit
