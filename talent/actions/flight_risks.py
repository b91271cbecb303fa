"""What happens to flight risks. Who may do it is in rules; when it can be done, each function says."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Employee, LegalEntity, OrgUnit
from talent.actions.common import said
from talent.actions.profiles import lock_profiles
from talent.actions.retention_common import chosen, refuse_oneself, refuse_unemployed
from talent.enums import Driver, RiskSource
from talent.events import retention as events
from talent.models import FlightRisk, FlightRiskOptOut
from talent.models.retention_sight import is_turned_off_for


@transaction.atomic
def assess_flight_risk(
    employee: Employee,
    *,
    by: Actor | None,
    likelihood: str,
    impact: str,
    drivers: Sequence[str] = (),
    note: str = "",
    override_reason: str = "",
) -> FlightRisk:
    """Say today how likely somebody leaves and what that would cost. It replaces what was said before, which is kept.

    Where what counts was computed and the person who judges sees it differently, they say why; the computed one stays
    beside the judgement.
    """
    refuse_oneself(employee, by=by)
    lock_profiles([employee.pk])
    refuse_unemployed(employee)
    if is_turned_off_for(employee):
        raise ActionError(_("Flight risk is turned off here: nothing is entered about this person."))
    before = FlightRisk.objects.current().filter(employee=employee).first()
    computed = before if before and before.source == RiskSource.COMPUTED else None
    differs = computed is not None and (computed.likelihood, computed.impact) != (likelihood, impact)
    risk = FlightRisk(
        employee=employee,
        version=before.version + 1 if before else 1,
        likelihood=likelihood,
        impact=impact,
        drivers=chosen(drivers, Driver, field="drivers"),
        note=note.strip(),
        assessed_by_id=acting_id(by),
        assessed_on=timezone.localdate(),
        overrides=computed if differs else None,
        override_reason=said(override_reason, field="override_reason") if differs else "",
    )
    if before:
        FlightRisk.objects.filter(pk=before.pk).update(replaced_at=timezone.now(), updated_at=timezone.now())
    checked(risk).save()
    events.flight_risk_assessed(risk, by=by)
    return risk


@transaction.atomic
def turn_off_flight_risk(
    *, by: Actor | None, reason: str, org_unit: OrgUnit | None = None, legal_entity: LegalEntity | None = None
) -> FlightRiskOptOut:
    """From now on nothing of flight risk is shown, entered or exported for a unit and all below it, or for a legal entity.

    What was entered before is kept, hidden, and comes back if this is taken back.
    """
    opt_out = FlightRiskOptOut(
        org_unit=org_unit, legal_entity=legal_entity, reason=said(reason, field="reason"), set_by_id=acting_id(by)
    )
    checked(opt_out).save()
    events.flight_risk_turned_off(opt_out, by=by)
    return opt_out


@transaction.atomic
def turn_on_flight_risk(opt_out: FlightRiskOptOut, *, by: Actor | None) -> FlightRiskOptOut:
    """Take back that flight risk is turned off."""
    opt_out = FlightRiskOptOut.objects.select_for_update(of=("self",)).get(pk=opt_out.pk)
    if opt_out.lifted_at:
        raise ActionError(_("This was taken back already."))
    opt_out.lifted_at, opt_out.lifted_by_id = timezone.now(), acting_id(by)
    opt_out.save(update_fields=["lifted_at", "lifted_by"])
    events.flight_risk_turned_on(opt_out, by=by)
    return opt_out
