"""Who comes together over which reviews."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from calibration.enums import Seating, SessionState
from calibration.models import CalibrationSession
from calibration.models.sessions import LEADERS
from hrportal.common.forms import offer
from hrportal.people.enums import Role
from hrportal.people.fields import PeopleField, UnitField, key_in
from hrportal.people.models import Employee, Job, OrgUnit
from hrportal.people.several import colleagues_field
from hrportal.people.viewer import Principal
from performance.enums import CycleState
from performance.models import ReviewCycle

PEOPLE = ("head", *LEADERS)
SCOPE = ("org_unit", "job_family", "job_level", "head")
TABLE = (*LEADERS, "participants", "seats")
DATES = ("pre_read_due_on", "due_on")


class OnePersonField(PeopleField):
    """One person, or nobody; suggestions come while somebody types a name."""

    widget = forms.TextInput(
        attrs={
            "list": "people-found",
            "autocomplete": "off",
            "hx-get": reverse_lazy("people:colleague_options"),
            "hx-trigger": "input changed delay:300ms",
            "hx-target": "#people-found",
        }
    )

    def prepare_value(self, value: Any) -> Any:
        return value.employee_number if isinstance(value, Employee) else value

    def clean(self, value: Any) -> Any:
        if isinstance(value, Employee):
            return value
        people = self.found(key_in(value or ""))
        if len(people) > 1:
            raise forms.ValidationError(_("Name one person."))
        return people[0] if people else None


def cycles_under_way(user: Principal) -> QuerySet[ReviewCycle]:
    """Those whose reviews can be calibrated now."""
    under_way = ReviewCycle.objects.filter(is_calibrated=True, state__in=[CycleState.OPEN, CycleState.CALIBRATION])
    return under_way.visible_to(user)


def sessions_above(user: Principal) -> QuerySet[CalibrationSession]:
    """Those under which another can be placed."""
    above = CalibrationSession.objects.visible_to(user).filter(parent=None).exclude(state=SessionState.LOCKED)
    return above.select_related("cycle").order_by("cycle", "name")


def own_unit(user: Principal, unit: OrgUnit | None) -> OrgUnit | None:
    """The unit, if this person may calibrate it."""
    if unit and not user.viewer.is_over_all and not unit.path.startswith(user.viewer.given_units):
        raise forms.ValidationError(_("This is not one of the units you look after."))
    return unit


def job_families() -> list[tuple[str, Any]]:
    """What jobs are called together."""
    families = Job.objects.exclude(family="").order_by("family").values_list("family", flat=True).distinct()
    return [("", _("Any family")), *((family, family) for family in families)]


class SessionEditForm(forms.ModelForm):
    """What can be said of a session. What it is about is asked only while that can still change."""

    org_unit = UnitField(
        label=_("Unit"), required=False, help_text=_("With all below it. An HR leader may leave it empty for everyone.")
    )
    job_family = forms.ChoiceField(label=_("Job family"), required=False)
    head = OnePersonField(
        label=_("Everyone below"), required=False, help_text=_("Only the people below this head, at any depth.")
    )
    owner = OnePersonField(label=_("Owner"), required=False, help_text=_("Answers for the session."))
    facilitator = OnePersonField(
        label=_("Facilitator"), required=False, help_text=_("Leads the conversation and may move cards.")
    )
    co_facilitator = OnePersonField(label=_("Co-facilitator"), required=False, help_text=_("May do the same."))
    participants = colleagues_field(
        label=_("Participants"), help_text=_("By name, employee number or work e-mail. They see the board.")
    )
    seats = forms.ChoiceField(
        label=_("And also"),
        required=False,
        choices=[("", _("Nobody but those named")), *Seating.choices],
        help_text=_("Added to those named above."),
    )

    class Meta:
        model = CalibrationSession
        fields = ["name", *SCOPE, "parent", *TABLE, *DATES, "rounding"]
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in DATES}

    def __init__(self, *args: Any, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["job_family"].choices = self._families()  # type: ignore[attr-defined]
        self.fields["rounding"].required = False
        above = offer(self, "parent", self._sessions_above())
        above.empty_label = _("None: it stands alone")
        above.help_text = _("Its table sees these cards too, and locks both together.")
        if self.instance.pk:
            seated = Employee.objects.filter(pk__in=self.instance.participants.values("employee"))
            named = {name: getattr(self.instance, name) for name in ("org_unit", *PEOPLE)}
            self.initial.update(participants=list(seated), **named)
            self._keep_scope()
        self.fields["org_unit"].required = not self._is_leader and not self.fields["org_unit"].disabled
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self.layout()

    def layout(self, *first: str) -> Layout:
        return Layout(
            Fieldset(
                _("Which reviews"),
                *first,
                "name",
                _pair("org_unit", "head"),
                _pair("job_family", "job_level"),
                "parent",
            ),
            Fieldset(
                _("Who is at the table"),
                _pair("owner", "facilitator"),
                "co_facilitator",
                "participants",
                "seats",
            ),
            Fieldset(_("Until when, and by which rule"), _pair(*DATES), "rounding"),
        )

    def clean_org_unit(self) -> OrgUnit | None:
        return own_unit(self.user, self.cleaned_data["org_unit"])

    def clean_parent(self) -> CalibrationSession | None:
        above = self.cleaned_data["parent"]
        stays = above and above.pk == self.initial.get("parent")
        if above and not stays and not self.user.has_perm("calibration.edit_session", above):
            raise forms.ValidationError(_("This session is not yours to prepare."))
        return above

    def clean_rounding(self) -> str:
        return self.cleaned_data["rounding"] or self.instance.rounding

    def _keep_scope(self) -> None:
        """Once something lies on the board, what it is about stays."""
        session = self.instance
        if session.state != SessionState.PREPARING or session.cards.exists() or session.children.exists():
            for name in SCOPE:
                self.fields[name].disabled = True
                self.fields[name].help_text = ""
            self.fields["org_unit"].help_text = _(
                "Stays as it is: reviews lie on the board, or sessions under this one."
            )

    def _families(self) -> list[tuple[str, Any]]:
        known = job_families()
        mine = self.instance.job_family
        return known if mine in dict(known) else [*known, (mine, mine)]

    def _sessions_above(self) -> QuerySet[CalibrationSession]:
        above = sessions_above(self.user)
        return above.filter(cycle=self.instance.cycle_id).exclude(pk=self.instance.pk) if self.instance.pk else above

    @property
    def _is_leader(self) -> bool:
        return self.user.viewer.has(Role.HR_LEADER)


class SessionForm(SessionEditForm):
    """A new session."""

    class Meta(SessionEditForm.Meta):
        fields = ["cycle", *SessionEditForm.Meta.fields]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participants"].help_text = _(
            "By name, employee number or work e-mail. Leave empty for the managers who write the reviews."
        )
        self.fields["owner"].help_text = _("Answers for the session; you, if you leave it empty.")
        offer(self, "cycle", cycles_under_way(self.user))

    def layout(self, *first: str) -> Layout:
        return super().layout("cycle", *first)


def _pair(*names: str) -> Row:
    return Row(*(Column(name) for name in names))
