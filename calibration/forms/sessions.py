"""Who comes together over which reviews."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from calibration.models import CalibrationSession
from hrportal.common.forms import offer
from hrportal.people.enums import Role
from hrportal.people.fields import UnitField
from hrportal.people.models import Employee, OrgUnit
from performance.enums import CycleState
from performance.models import ReviewCycle


class PeopleField(forms.CharField):
    """People by employee number or work e-mail, separated by commas or lines: for a table of five and of fifty."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else "\n".join(person.employee_number for person in value or [])

    def clean(self, value: Any) -> Sequence[Employee]:
        given = set(super().clean(value).lower().replace(",", " ").split())
        found = Employee.objects.employed().annotate(number=Lower("employee_number"), email=Lower("work_email"))
        people = list(found.filter(Q(number__in=given) | Q(email__in=given)))
        unknown = given - {key for person in people for key in (person.number, person.email)}
        if unknown:
            raise forms.ValidationError(_("Nobody employed is known as %s.") % ", ".join(sorted(unknown)))
        return people


class SessionEditForm(forms.ModelForm):
    participants = PeopleField(
        label=_("Participants"),
        required=False,
        help_text=_("Employee numbers or work e-mails, one to a line. They see the board."),
    )
    facilitator = PeopleField(
        label=_("Facilitator"),
        required=False,
        widget=forms.TextInput(),
        help_text=_("Employee number or work e-mail of who leads the conversation and may move cards."),
    )

    class Meta:
        model = CalibrationSession
        fields = ["name", "facilitator", "participants", "due_on"]
        widgets = {"due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if self.instance.pk:
            seated = Employee.objects.filter(pk__in=self.instance.participants.values("employee"))
            self.initial["participants"] = list(seated)
            self.initial["facilitator"] = [self.instance.facilitator] if self.instance.facilitator else []

    def clean_facilitator(self) -> Employee | None:
        people = self.cleaned_data["facilitator"]
        if len(people) > 1:
            raise forms.ValidationError(_("One person leads the session."))
        return people[0] if people else None


class SessionForm(SessionEditForm):
    org_unit = UnitField(
        label=_("Unit"), required=False, help_text=_("With all below it. An HR leader may leave it empty for everyone.")
    )

    class Meta(SessionEditForm.Meta):
        fields = ["cycle", "org_unit", "name", "facilitator", "participants", "due_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participants"].help_text = _(
            "Employee numbers or work e-mails, one to a line. Leave empty for the managers who write the reviews."
        )
        under_way = ReviewCycle.objects.filter(is_calibrated=True, state__in=[CycleState.OPEN, CycleState.CALIBRATION])
        offer(self, "cycle", under_way.visible_to(self.user))
        self.fields["org_unit"].required = not self._is_leader

    def clean_org_unit(self) -> OrgUnit | None:
        unit = self.cleaned_data["org_unit"]
        if unit and not self._is_leader and not unit.path.startswith(self.user.viewer.partner_units):
            raise forms.ValidationError(_("This is not one of the units you look after."))
        return unit

    @property
    def _is_leader(self) -> bool:
        return self.user.viewer.has(Role.HR_LEADER)
