"""Potential, pools and aspirations."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.api import ReasonInput
from hrportal.common.bulk import BulkVerbs
from hrportal.common.resources import ResourceViewSet, verb
from hrportal.people.models import Employee
from talent import actions
from talent.api import potential_filters as filters
from talent.api.serializers import potential as shapes
from talent.forms.pools import candidates_for
from talent.models import (
    Aspiration,
    GroupAudit,
    PoolMember,
    PotentialAssessment,
    PotentialForm,
    PotentialRound,
    TalentPool,
)
from talent.potential.separation import separation_for

READ, WRITE = "potential:read", "potential:write"
READING = {"list": READ, "retrieve": READ, "*": WRITE}


class PotentialRoundViewSet(ResourceViewSet):
    """Rounds in which many people's potential is assessed."""

    access = Access(scopes=READING)
    permission_map = {"create": "talent.launch_potential_round", "close": "talent.close_potential_round"}
    queryset = PotentialRound.objects.select_related("launched_by").order_by("id")
    serializer_class = shapes.PotentialRoundSerializer
    filterset_class = filters.PotentialRoundFilter

    @extend_schema(request=shapes.PotentialRoundInput, responses={201: shapes.PotentialRoundSerializer})
    def create(self, request: Request) -> Response:
        """Launch a round; assessments are opened and raters told in the background."""
        given = self.taken(shapes.PotentialRoundInput)
        unit = given.pop("unit", None)
        scope = {
            "unit": unit.pk if unit else None,
            "families": given.pop("families", []),
            "levels": given.pop("levels", []),
            "second": given.pop("second_rater", "skip_level"),
        }
        launched = actions.launch_potential_round(by=self.by, scope=scope, **given)
        return self.shown(launched, 201)

    @verb()
    def close(self, round_: PotentialRound) -> PotentialRound:
        """Wait for no more forms."""
        return actions.close_potential_round(round_, by=self.by)


class PotentialAssessmentViewSet(ResourceViewSet):
    """Assessments of potential about others; nobody reads their own."""

    access = Access(scopes={**READING, "separation": READ})
    permission_map = {
        "create": "talent.launch_potential_round",
        "name_rater": "talent.name_potential_rater",
        "withdraw_rater": "talent.name_potential_rater",
        "close": "talent.close_potential_assessment",
    }
    queryset = PotentialAssessment.objects.with_progress().select_related("employee__org_unit").order_by("id")
    serializer_class = shapes.PotentialAssessmentSerializer
    detail_serializer_class = shapes.PotentialAssessmentDetailSerializer
    filterset_class = filters.PotentialAssessmentFilter

    @extend_schema(request=shapes.AssessInput, responses={201: shapes.PotentialAssessmentDetailSerializer})
    def create(self, request: Request) -> Response:
        """Have one person's potential assessed; their manager is asked."""
        given = self.taken(shapes.AssessInput)
        if not self.by.has_perm("talent.open_potential_assessment", given["employee"]):
            raise PermissionDenied
        return self.changed(actions.open_potential_assessment(by=self.by, **given), 201)

    @verb(takes=shapes.PotentialRaterInput)
    def name_rater(self, assessment: PotentialAssessment, *, rater: Employee) -> PotentialAssessment:
        """Ask somebody who knows the person."""
        return actions.name_potential_rater(assessment, rater, by=self.by).assessment

    @verb(takes=shapes.PotentialRaterInput)
    def withdraw_rater(self, assessment: PotentialAssessment, *, rater: Employee) -> PotentialAssessment:
        """Ask a rater no longer. What was submitted stays."""
        form = assessment.forms.filter(rater=rater).first()
        if form is None:
            raise serializers.ValidationError({"rater": [_("This person is no rater.")]})
        return actions.withdraw_potential_rater(form, by=self.by).assessment

    @verb()
    def close(self, assessment: PotentialAssessment) -> PotentialAssessment:
        """Wait for no more forms; what was submitted counts."""
        return actions.close_potential_assessment(assessment, by=self.by)

    @extend_schema(responses=shapes.CorrelationSerializer, filters=False)
    @action(detail=False, methods=["get"], pagination_class=None, filterset_class=None)
    def separation(self, request: Request) -> Response:
        """Whether potential is told apart from performance, over everybody the reader sees."""
        found, count = separation_for(self.by, timezone.localdate())
        values = {name: getattr(found, name, None) for name in ("value", "low", "high")}
        return Response(values | {"count": count, "is_too_high": bool(found and found.is_too_high)})


class PotentialFormViewSet(ResourceViewSet):
    """One's own forms about others, through a client that acts for the rater."""

    access = Access(scopes=READING)
    permission_map = {
        "save": "talent.save_potential_form",
        "submit": "talent.submit_potential_form",
        "name_colleague": "talent.save_potential_form",
    }
    queryset = PotentialForm.objects.with_people().order_by("id")
    serializer_class = shapes.PotentialFormSerializer
    filterset_class = filters.PotentialFormFilter

    def get_queryset(self) -> QuerySet[PotentialForm]:
        found = super().get_queryset()
        own = PotentialForm.objects.none() if getattr(self, "swagger_fake_view", False) else self._own()
        return found.filter(pk__in=own.values("pk"))

    def _own(self) -> QuerySet[PotentialForm]:
        return PotentialForm.objects.own(self.by)

    @verb(takes=shapes.PotentialAnswersInput)
    def save(self, form: PotentialForm, *, version: int, answers: Any, evidence: Any = None) -> PotentialForm:
        """Store what one has so far, in the place of what was stored."""
        return actions.save_potential_form(form, by=self.by, version=version, answers=answers, evidence=evidence or {})

    @verb()
    def submit(self, form: PotentialForm) -> PotentialForm:
        """Hand in; it never changes again."""
        return actions.submit_potential_form(form, by=self.by)

    @verb(takes=shapes.PotentialRaterInput)
    def name_colleague(self, form: PotentialForm, *, rater: Employee) -> PotentialForm:
        """As a manager above, ask somebody else who knows the person; whether others already were is not told."""
        if not self.by.has_perm("talent.name_potential_rater", form.assessment):
            raise PermissionDenied
        actions.name_potential_rater(form.assessment, rater, by=self.by)
        return form


class TalentPoolViewSet(ResourceViewSet):
    """Talent pools; who is in them is read under pool-members."""

    access = Access(scopes=READING)
    permission_map = {
        "create": "talent.create_pool",
        "partial_update": "talent.edit_pool",
        "add_step": "talent.add_pool_step",
        "nominate": "talent.nominate_member",
        "publish": "talent.publish_pool",
        "retire": "talent.retire_pool",
    }
    queryset = TalentPool.objects.select_related("org_unit", "owner").prefetch_related("steps").order_by("id")
    serializer_class = shapes.TalentPoolSerializer
    filterset_class = filters.TalentPoolFilter

    def rows(self) -> Any:
        rows = super().rows()
        return rows if getattr(self, "swagger_fake_view", False) else rows.with_counts(self.by)

    @extend_schema(request=shapes.TalentPoolInput, responses={201: shapes.TalentPoolSerializer})
    def create(self, request: Request) -> Response:
        """Define a pool."""
        return self.changed(actions.create_pool(by=self.by, **self.taken(shapes.TalentPoolInput)), 201)

    @extend_schema(request=shapes.TalentPoolInput(partial=True), responses=shapes.TalentPoolSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change what is said of a pool."""
        pool = self.get_object()
        return self.changed(actions.edit_pool(pool, by=self.by, **self.taken(shapes.TalentPoolInput, partial=True)))

    @verb(takes=shapes.PoolStepInput)
    def add_step(self, pool: TalentPool, **said: Any) -> TalentPool:
        """Add a step to the programme."""
        return actions.add_pool_step(pool, by=self.by, **said).pool

    @verb(takes=shapes.PoolNominationInput, schema={"responses": {201: shapes.PoolMemberSerializer}})
    def nominate(self, pool: TalentPool, *, employee: int, rationale: str) -> Response:
        """Propose somebody, with the evidence there is today."""
        person = candidates_for(pool, self.by).filter(pk=employee).first()
        if person is None:
            raise serializers.ValidationError({"employee": [_("This person cannot be nominated for this pool.")]})
        member = actions.nominate_member(pool, person, by=self.by, rationale=rationale)
        return Response(shapes.PoolMemberSerializer(member, context=self.get_serializer_context()).data, status=201)

    @verb(schema={"responses": shapes.GroupAuditSerializer})
    def publish(self, pool: TalentPool) -> Response:
        """Make approved nominees members; the audit of how the choice falls on groups is stored."""
        return Response(shapes.GroupAuditSerializer(actions.publish_pool(pool, by=self.by)).data)

    @verb()
    def retire(self, pool: TalentPool) -> TalentPool:
        """Take nobody more."""
        return actions.retire_pool(pool, by=self.by)


class PoolMemberViewSet(BulkVerbs):
    """Nominations and memberships of others; nobody reads their own."""

    access = Access(scopes=READING)
    bulk_verbs = ("approve", "decline", "leave", "attend")
    permission_map = {
        "approve": "talent.approve_nomination",
        "decline": "talent.decline_nomination",
        "leave": "talent.leave_pool",
        "attend": "talent.note_attendance",
    }
    queryset = PoolMember.objects.with_people().order_by("id")
    serializer_class = shapes.PoolMemberSerializer
    filterset_class = filters.PoolMemberFilter

    @verb(takes=ReasonInput)
    def approve(self, member: PoolMember, *, reason: str) -> PoolMember:
        """Say yes; the membership begins when the round is published. An HR leader's own deed."""
        return actions.approve_nomination(member, by=self.by, reason=reason)

    @verb(takes=ReasonInput)
    def decline(self, member: PoolMember, *, reason: str) -> PoolMember:
        """Say no. An HR leader's own deed."""
        return actions.decline_nomination(member, by=self.by, reason=reason)

    @verb(takes=ReasonInput)
    def leave(self, member: PoolMember, *, reason: str) -> PoolMember:
        """End a membership or take back a nomination."""
        return actions.leave_pool(member, by=self.by, reason=reason)

    @verb(takes=shapes.AttendanceInput)
    def attend(self, member: PoolMember, *, step: Any, took_part: bool) -> PoolMember:
        """Note whether a member took part in a step of the programme."""
        return actions.note_attendance(member, step, by=self.by, took_part=took_part)


class GroupAuditViewSet(ResourceViewSet):
    """Audits of pool rounds, for HR leaders in person."""

    access = Access(scopes=READING)
    permission_map = {"answer": "talent.answer_group_audit"}
    queryset = GroupAudit.objects.order_by("id")
    serializer_class = shapes.GroupAuditSerializer
    filterset_class = filters.GroupAuditFilter

    @verb(takes=shapes.GroupAuditAnswerInput)
    def answer(self, audit: GroupAudit, *, answer: str) -> GroupAudit:
        """Say why the choice falls as it does."""
        return actions.answer_group_audit(audit, by=self.by, answer=answer)


class AspirationViewSet(ResourceViewSet):
    """What people want for themselves: one's own, and others' as far as one is told."""

    access = Access(scopes={"list": "mobility:read", "retrieve": "mobility:read", "*": "mobility:write"})
    permission_map = {"create": "talent.state_aspiration"}
    queryset = Aspiration.objects.select_related("employee").prefetch_related("jobs").order_by("id")
    serializer_class = shapes.AspirationSerializer
    filterset_class = filters.AspirationFilter

    @extend_schema(request=shapes.AspirationInput, responses={201: shapes.AspirationSerializer})
    def create(self, request: Request) -> Response:
        """Say what one wants, from today, for oneself."""
        me = Employee.objects.get(pk=self.by.viewer.employee_id)
        return self.changed(actions.state_aspiration(me, by=self.by, **self.taken(shapes.AspirationInput)), 201)
