"""What is typed about talent reviews: the meeting, notes before it, moves, decisions and tasks."""

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import offer
from hrportal.common.paths import below, ids_of
from hrportal.people.enums import Role
from hrportal.people.fields import UnitField
from hrportal.people.models import Employee, Job, OrgUnit
from hrportal.people.several import colleagues_field
from hrportal.people.viewer import Principal
from talent.actions.review_decisions import TaskSeed
from talent.actions.talent_reviews import CUTS, SCOPE
from talent.enums import (
    DecisionKind,
    OpenTopic,
    PoolMemberState,
    Readiness,
    RetentionKind,
    SuccessorState,
    TalentReviewState,
    Trajectory,
)
from talent.models import MemberNote, PoolMember, ReviewMember, SuccessionPlan, Successor, TalentPool, TalentReview
from talent.models.sight import others_talent
from talent.models.talent_reviews import LEADERS
from talent.rules.succession import is_hr_for_seat
from talent.talent_reviews.board import people_at
from talent.talent_reviews.boxes import (
    BOXES,
    HOLDING,
    LONGEST_LABEL,
    LONGEST_MEANING,
    boxes_of,
    usual_boxes,
)
from talent.talent_reviews.cycles import cycle_choices

DATES = ("held_on", "prepare_until")
FOUR_WEEKS = datetime.timedelta(days=28)


def text(label: Any, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=5000, **options)


def leaders_for(review: TalentReview | None) -> QuerySet[Employee]:
    """Who can be asked to lead: HR, executives, and whoever leads the review already."""
    able = Q(user__grants__revoked_at=None, user__grants__role__in=[Role.HR_LEADER, Role.HRBP, Role.EXECUTIVE])
    named = review.leader_ids if review else set()
    return Employee.objects.employed().filter(able | Q(pk__in=named)).distinct().order_by("last_name", "first_name")


class TalentReviewForm(forms.ModelForm):
    """A meeting: over whom, who sits around it, when, and how the axes are cut."""

    org_unit = UnitField(
        label=_("Unit"), required=False, help_text=_("With all below it. An HR leader may leave it empty for everyone.")
    )
    job_family = forms.ChoiceField(label=_("Job family"), required=False)
    participants = colleagues_field(
        label=_("Participants"),
        help_text=_(
            "By name, employee number or work e-mail. They see everybody on the list but themselves and those they report to."
        ),
    )
    seat_managers = forms.BooleanField(label=_("Seat the managers of these people, too"), required=False)
    cycle_source = forms.ChoiceField(
        label=_("Performance cycle it follows"),
        required=False,
        help_text=_("The page warns as long as this cycle has not concluded."),
    )

    class Meta:
        model = TalentReview
        fields = ["name", *SCOPE, *LEADERS, *DATES, "cycle_source", *CUTS]
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in DATES}

    def __init__(self, *args: Any, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, review = user, self.instance if self.instance.pk else None
        self._offer_choices(review)
        if review:
            seated = Employee.objects.filter(pk__in=review.seats.values("employee"))
            self.initial.update(participants=list(seated), org_unit=review.org_unit)
        if review and review.state != TalentReviewState.PREPARING:
            for name in (*SCOPE, *CUTS):
                self.fields[name].disabled = True
        self.fields["org_unit"].required = not self._is_leader and not self.fields["org_unit"].disabled
        self._add_boxes()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def _offer_choices(self, review: TalentReview | None) -> None:
        named = Job.objects.exclude(family="").order_by("family").values_list("family", flat=True).distinct()
        families_ = [("", _("Any family")), *((family, family) for family in named)]
        self.fields["job_family"].choices = families_  # type: ignore[attr-defined]
        cycles = dict(cycle_choices(self.user))
        if review and review.cycle_source:
            cycles.setdefault(review.cycle_source, review.cycle_name)
        self.cycles = cycles
        self.fields["cycle_source"].choices = [("", _("None")), *cycles.items()]  # type: ignore[attr-defined]
        for name in LEADERS:
            offer(self, name, leaders_for(review)).empty_label = _("Nobody yet")
        self.fields["owner"].help_text = _("Answers for the meeting; you, if you leave it empty.")
        self.fields["facilitator"].help_text = _("Leads the conversation and moves cards.")

    def _add_boxes(self) -> None:
        """A name and a meaning for each of the nine boxes."""
        kept = self.instance.boxes if len(self.instance.boxes) == len(BOXES) else usual_boxes()
        for number, words in zip(BOXES, kept, strict=True):
            self.fields[f"label_{number}"] = forms.CharField(
                label=_("Box %d") % number, max_length=LONGEST_LABEL, initial=words["label"]
            )
            self.fields[f"meaning_{number}"] = forms.CharField(
                label=_("What it says"), max_length=LONGEST_MEANING, required=False, initial=words["meaning"]
            )

    def _layout(self) -> Layout:
        boxes = [
            Row(Column(f"label_{number}", css_class="col-md-4"), Column(f"meaning_{number}", css_class="col-md-8"))
            for number in reversed(BOXES)
        ]
        return Layout(
            Fieldset(_("Over whom"), "name", _pair("org_unit", "job_family"), "job_level"),
            Fieldset(_("Who is at the table"), _pair(*LEADERS), "participants", "seat_managers"),
            Fieldset(_("When"), _pair(*DATES), "cycle_source"),
            Fieldset(_("Where the axes are cut (levels from 1 to 5)"), _pair(*CUTS[:2]), _pair(*CUTS[2:])),
            Fieldset(_("What the boxes are called"), *boxes),
        )

    def clean_org_unit(self) -> OrgUnit | None:
        unit = self.cleaned_data["org_unit"]
        if unit and not self._is_leader and not unit.path.startswith(self.user.viewer.partner_units):
            raise forms.ValidationError(_("This is not one of the units you look after."))
        return unit

    @property
    def _is_leader(self) -> bool:
        return self.user.viewer.has(Role.HR_LEADER)

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        fields = {name: data[name] for name in (*self.Meta.fields, "participants", "seat_managers")}
        fields["cycle_name"] = str(self.cycles.get(data["cycle_source"], ""))
        fields["boxes"] = [{"label": data[f"label_{number}"], "meaning": data[f"meaning_{number}"]} for number in BOXES]
        return fields


def box_choices(review: TalentReview, *, holding: bool = True) -> list[tuple[int, Any]]:
    """The boxes as a form offers them, highest first, then the holding area."""
    boxes = boxes_of(review)
    named = [(number, f"{number} · {boxes[number].label}") for number in reversed(BOXES)]
    return [*named, *([(HOLDING, _("Holding area"))] if holding else [])]


class BoxField(forms.TypedChoiceField):
    """A box by its number; the holding area is None."""

    def __init__(self, review: TalentReview, **options: Any) -> None:
        super().__init__(choices=box_choices(review), coerce=int, label=_("Box"), **options)

    def clean(self, value: Any) -> int | None:
        return super().clean(value) or None


class MoveForm(forms.Form):
    rationale = text(_("Why?"), help_text=_("Kept with the decision, next to your name."))
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["box", "rationale"]

    def __init__(self, *args: Any, member: ReviewMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["box"] = BoxField(member.review)
        self.order_fields(self.field_order)

    @classmethod
    def about(cls, member: ReviewMember) -> "MoveForm":
        """The form as the card lies there now."""
        return cls(member=member, initial={"box": member.box or HOLDING, "version": member.version})


class UndoForm(forms.Form):
    rationale = forms.CharField(
        label=_("Why take it back?"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class NoteForm(forms.Form):
    """What one would say of one's person, and the box one would propose."""

    note = text(
        _("Note"),
        rows=4,
        required=False,
        help_text=_("What you have seen, with an example. Until the meeting only you and those who lead it read it."),
    )

    def __init__(self, *args: Any, member: ReviewMember, stored: MemberNote | None = None, **kwargs: Any) -> None:
        if stored:
            kwargs["initial"] = {"note": stored.note, "box": stored.box or HOLDING}
        super().__init__(*args, **kwargs)
        named = box_choices(member.review, holding=False)
        self.fields["box"] = BoxField(member.review, required=False, empty_value=None)
        self.fields["box"].choices = [(HOLDING, _("No proposal")), *named]  # type: ignore[attr-defined]
        self.fields["box"].label = _("Box you would propose")
        self.order_fields(["box", "note"])


class DecisionForm(forms.Form):
    """A decision and the task that comes of it. Only what the decider may do is offered to be done at once."""

    kind = forms.ChoiceField(label=_("Kind of decision"), choices=DecisionKind.choices)
    trajectory = forms.ChoiceField(
        label=_("Direction"), required=False, choices=[("", _("Choose for a direction")), *Trajectory.choices]
    )
    what = forms.CharField(
        label=_("What is decided"),
        max_length=200,
        required=False,
        help_text=_("In a few words; a development focus is read by the person in their plan."),
    )
    reason = text(_("Why"), help_text=_("What it rests on. The table and HR read it."))
    pool = forms.ModelChoiceField(
        TalentPool.objects.none(),
        label=_("Nominate for the pool"),
        required=False,
        empty_label=_("Not now: the task is enough"),
        help_text=_("For a high-potential nomination. Others decide about it."),
    )
    plan = forms.ModelChoiceField(
        SuccessionPlan.objects.none(),
        label=_("Nominate for the bench of"),
        required=False,
        empty_label=_("Not now: the task is enough"),
        help_text=_("For a succession placement."),
    )
    readiness = forms.ChoiceField(
        label=_("Readiness"), required=False, choices=[("", _("Choose for a bench")), *Readiness.choices]
    )
    adds_item = forms.BooleanField(label=_("Write a development focus into the person’s plan now"), required=False)
    retention = forms.MultipleChoiceField(
        label=_("Open a retention plan now"),
        required=False,
        choices=RetentionKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For a retention step: what the plan is about."),
    )
    task = forms.CharField(
        label=_("Task"),
        max_length=200,
        help_text=_("What somebody does about it. Its owner reads this, and the person’s name only if they may."),
    )
    owner = forms.ModelChoiceField(Employee.objects.none(), label=_("Owner"), empty_label=_("Choose"))
    due_on = forms.DateField(label=_("Due"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, member: ReviewMember, user: Principal, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("due_on", timezone.localdate() + FOUR_WEEKS)
        super().__init__(*args, **kwargs)
        self.member, self.user = member, user
        offer(self, "owner", owners_for(member))
        plans = plans_for(member, user)
        if plans:
            offer(self, "plan", SuccessionPlan.objects.filter(pk__in=plans).select_related("position"))
        else:
            del self.fields["plan"], self.fields["readiness"]
        offer(self, "pool", pools_for(member, user))
        for name, permission in (("adds_item", "add_item"), ("retention", "open_retention_plan")):
            if not user.has_perm(f"talent.{permission}", member.employee):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == DecisionKind.SUCCESSION and data.get("plan") and not data.get("readiness"):
            self.add_error("readiness", _("Say how ready they are."))
        if data.get("plan") and not self.user.has_perm("talent.nominate_successor", data["plan"]):
            self.add_error("plan", _("This bench is not yours to work on."))
        return data

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "kind": data["kind"],
            "what": data["what"],
            "reason": data["reason"],
            "trajectory": data["trajectory"],
            "target": self._target(),
            "readiness": data.get("readiness", ""),
            "task": TaskSeed(data["task"], data["owner"], data["due_on"]),
        }

    def _target(self) -> Any:
        data = self.cleaned_data
        return {
            DecisionKind.SUCCESSION: data.get("plan"),
            DecisionKind.DEVELOPMENT: data.get("adds_item"),
            DecisionKind.HIGH_POTENTIAL: data.get("pool"),
            DecisionKind.RETENTION: data.get("retention"),
        }.get(data["kind"])


def owners_for(member: ReviewMember) -> QuerySet[Employee]:
    """Who can be given a task: the table and those above the person; never the person, nor whoever reports to them."""
    above = member.employee.manager_ids
    at_table = [person.pk for person in people_at(member.review)]
    people = Employee.objects.employed().filter(pk__in=[*above, *at_table])
    people = people.exclude(pk=member.employee_id).exclude(below(member.employee.path))
    return people.order_by("last_name", "first_name", "pk")


def plans_for(member: ReviewMember, user: Principal) -> list[int]:
    """The benches this person may be put on by this decider."""
    plans = SuccessionPlan.objects.visible_to(user).active().exclude(position=member.employee.position_id)
    standing = Successor.objects.filter(employee=member.employee_id).exclude(state=SuccessorState.REMOVED)
    plans = plans.exclude(pk__in=standing.values("plan")).select_related("position__org_unit")
    # What concerns the decider is not among the visible ones; the rest of the rule asks no question.
    return [plan.pk for plan in plans if is_hr_for_seat(user.viewer, plan.position)]


def pools_for(member: ReviewMember, user: Principal) -> QuerySet[TalentPool]:
    """The pools this decider may nominate the person for: active, of their unit, and one in which they do not stand."""
    if not user.has_perm("talent.nominate_member") or not may_be_nominated(member, user):
        return TalentPool.objects.none()
    unit = member.employee.org_unit
    inside = Q(org_unit=None) | Q(org_unit__in=ids_of(unit.path) if unit else [])
    standing = PoolMember.objects.standing().exclude(state=PoolMemberState.MEMBER).filter(employee=member.employee_id)
    return TalentPool.objects.visible_to(user).active().filter(inside).exclude(pk__in=standing.values("pool"))


def may_be_nominated(member: ReviewMember, user: Principal) -> bool:
    """Whether the decider reads potential about this person outside the meeting, too."""
    people = Employee.objects.filter(others_talent(user, OpenTopic.POTENTIAL, "potential:read", ""))
    return people.filter(pk=member.employee_id).exists()


class TaskDoneForm(forms.Form):
    note = text(_("What came of it"))


class TaskDropForm(forms.Form):
    reason = text(_("Why it is no longer to be done"))


def _pair(*names: str) -> Row:
    return Row(*(Column(name) for name in names))
