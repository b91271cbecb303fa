"""What people say of skills by hand, and what comes of certificates. Who may is in rules; when it can be done, each function says.

Nothing here is edited: a level said again on the same day corrects the first, on a later day it follows it.
"""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Competency, Employee
from hrportal.people.viewer import Principal
from talent.actions.common import said
from talent.actions.profiles import lock_profiles
from talent.actions.skills import SkillRecord, record_skills
from talent.enums import SkillSource
from talent.events import skills as events
from talent.models import Certificate, SkillAssessment
from talent.rules.skills import assessing_kinds


@transaction.atomic
def assess_skill(
    employee: Employee,
    *,
    by: Principal,
    competency: Competency,
    level: int,
    kind: str = "",
    assessed_on: datetime.date | None = None,
    note: str = "",
) -> SkillAssessment:
    """Say which level somebody has: as the person, their manager or an assessor. The person sees it at once.

    Without a `kind` it is said as whoever stands nearest. It counts from `assessed_on`, today unless said otherwise.
    """
    day = assessed_on or timezone.localdate()
    kind = _kind_of(employee, competency, kind, by)
    _check(competency, day)
    lock_profiles([employee.pk])
    source = f"talent.{kind}:{employee.pk}:{competency.pk}:{day.isoformat()}"
    record = SkillRecord(
        employee_id=employee.pk,
        source=source,
        source_version=_next_version(source),
        assessed_on=day,
        levels={competency.pk: level},
        shared_at=timezone.now(),
        kind=kind,
        assessed_by_id=acting_id(by),
        note=note.strip(),
    )
    record_skills([record], by=by)
    return SkillAssessment.objects.standing().get(source=source)


def _kind_of(employee: Employee, competency: Competency, kind: str, by: Principal) -> str:
    """As whom it is said; refused where it cannot be said as that."""
    allowed = assessing_kinds(by, employee, competency.pk)
    if not allowed:
        raise ActionError(_("You are not named to assess this competency."), field="competency")
    if kind and kind not in allowed:
        raise ActionError(_("You cannot assess this person as: %s.") % SkillSource(kind).label, field="kind")
    return kind or allowed[0]


def _check(competency: Competency, day: datetime.date) -> None:
    if not _is_used(competency):
        raise ActionError(_("This competency is archived."), field="competency")
    if day > timezone.localdate():
        raise ActionError(_("A level counts from a day that has come."), field="assessed_on")


def _is_used(competency: Competency) -> bool:
    """Whether the competency is in use now, whatever it was when its row was read."""
    return Competency.objects.filter(pk=competency.pk, is_active=True).exists()


def _next_version(source: str) -> int:
    """One above all that this source said; to be asked for under the lock of the profile."""
    last = SkillAssessment.objects.filter(source=source).aggregate(last=Max("source_version"))["last"]
    return (last or 0) + 1


@transaction.atomic
def withdraw_skill(skill: SkillAssessment, *, by: Actor | None, reason: str) -> SkillAssessment:
    """Take back what was said, saying why. It is kept, and what it followed counts again."""
    reason = said(reason, field="reason")
    lock_profiles([skill.profile.employee_id])
    skill.refresh_from_db()
    if skill.replaced_at is not None:
        raise ActionError(_("This level does not count any longer."))
    _silence(skill.source, skill.profile.employee_id, skill.assessed_on, skill.kind, by=by)
    SkillAssessment.objects.filter(pk=skill.pk).update(withdrawn_because=reason)
    skill.refresh_from_db()
    return skill


def _silence(source: str, employee_id: int, day: datetime.date, kind: str, *, by: Actor | None) -> None:
    """Let what a source said no longer count: a correction that says nothing."""
    rows = SkillAssessment.objects.standing().filter(source=source)
    if rows.exists():
        record_skills([SkillRecord(employee_id, source, _next_version(source), day, kind=kind)], by=by)


@transaction.atomic
def add_certificate(employee: Employee, *, by: Principal, **fields: Any) -> Certificate:
    """Bring a certificate. What somebody brings for themselves counts once a manager or HR has verified it; what those
    bring counts at once."""
    profile = lock_profiles([employee.pk])[employee.pk]
    certificate = Certificate(profile=profile, recorded_by_id=acting_id(by), **fields)
    if certificate.issued_on > timezone.localdate():
        raise ActionError(_("It was not issued yet."), field="issued_on")
    if certificate.competency and not _is_used(certificate.competency):
        raise ActionError(_("This competency is archived."), field="competency")
    checked(certificate).save()
    events.certificate_added(certificate, by=by)
    if by.viewer.employee_id != employee.pk:
        _verify(certificate, by)
    return certificate


@transaction.atomic
def verify_certificate(certificate: Certificate, *, by: Actor | None) -> Certificate:
    """Say that one has seen it. From here on its level counts in the skills inventory."""
    certificate = _lock(certificate)
    if certificate.verified_at:
        raise ActionError(_("This certificate is verified already."))
    return _verify(certificate, by)


def _verify(certificate: Certificate, by: Actor | None) -> Certificate:
    certificate.verified_at, certificate.verified_by_id = timezone.now(), acting_id(by)
    certificate.save(update_fields=["verified_at", "verified_by"])
    if certificate.competency_id and certificate.level:
        record_skills([_attested(certificate, certificate.competency_id, certificate.level)], by=by)
    events.certificate_verified(certificate, by=by)
    return certificate


def _attested(certificate: Certificate, competency_id: int, level: int) -> SkillRecord:
    return SkillRecord(
        employee_id=certificate.profile.employee_id,
        source=certificate.source,
        source_version=1,
        assessed_on=certificate.issued_on,
        levels={competency_id: level},
        shared_at=timezone.now(),
        kind=SkillSource.CERTIFICATE,
        good_until=certificate.expires_on,
        assessed_by_id=certificate.verified_by_id,
        note=certificate.name,
    )


@transaction.atomic
def withdraw_certificate(certificate: Certificate, *, by: Actor | None, reason: str) -> Certificate:
    """Take a certificate out, saying why: its level no longer counts, whatever the day it ends."""
    certificate = _lock(certificate)
    certificate.withdrawn_because = said(reason, field="reason")
    certificate.withdrawn_at = timezone.now()
    certificate.save(update_fields=["withdrawn_because", "withdrawn_at"])
    _silence(certificate.source, certificate.profile.employee_id, certificate.issued_on, SkillSource.CERTIFICATE, by=by)
    events.certificate_withdrawn(certificate, by=by)
    return certificate


def _lock(certificate: Certificate) -> Certificate:
    """The certificate under its profile's lock, still standing."""
    lock_profiles([certificate.profile.employee_id])
    locked = Certificate.objects.select_for_update(of=("self",)).select_related("profile").get(pk=certificate.pk)
    if not locked.is_standing:
        raise ActionError(_("This certificate was withdrawn."))
    return locked
