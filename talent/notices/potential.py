"""Notices about potential and pools: to raters, and to those in HR who decide. Never to the person they are about."""

import datetime
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import NoticeKind, notice_kind
from hrportal.notices.enums import MailRhythm
from hrportal.notices.sending import Message, notify
from hrportal.people.enums import Role
from hrportal.people.models import RoleGrant
from talent.models import GroupAudit, PoolMember, PotentialForm, PotentialRound, TalentPool

GROUP = _("Potential and pools")

ROUND_TO_WRITE = notice_kind(
    "talent.potential_round_to_write",
    _("%(round)s: say what you have seen of people you know"),
    when=_("HR launches a round about potential: to each rater, once."),
    group=GROUP,
    is_confidential=True,
)
FORM_TO_WRITE = notice_kind(
    "talent.potential_form_to_write",
    _("%(person)s: say what you have seen of their potential"),
    when=_("Somebody is named as a rater: to them."),
    group=GROUP,
    is_confidential=True,
)
FORMS_DUE = notice_kind(
    "talent.potential_forms_due",
    _("Forms about potential wait for you"),
    when=_("Forms are due in three days, and the day after they were due: to each rater."),
    group=GROUP,
    is_confidential=True,
)
TO_DECIDE = notice_kind(
    "talent.pool_nomination_to_decide",
    _("%(pool)s: a nomination waits for a decision"),
    when=_("Somebody is nominated for a pool: to HR leaders who may decide."),
    group=GROUP,
    is_confidential=True,
)
EXPIRES_SOON = notice_kind(
    "talent.pool_membership_expires",
    _("%(pool)s: memberships end soon; nominate again or let them end"),
    when=_("A membership ends within a month: to the pool’s owner and to HR leaders."),
    group=GROUP,
    is_confidential=True,
)
AUDIT_ASKS = notice_kind(
    "talent.group_audit_asks",
    _("%(pool)s: the group audit asks for an explanation"),
    when=_("A published pool round falls unevenly on groups: to HR leaders."),
    group=GROUP,
    is_confidential=True,
    mail=MailRhythm.AT_ONCE,
)


def raters_asked(round_: PotentialRound, raters: Iterable[int]) -> None:
    """Tell everyone asked in a round, once however many people they are asked about."""
    url, words = reverse("talent:potential_form_list"), {"round": round_.name}
    key = f"potential-round-{round_.pk}"
    notify(ROUND_TO_WRITE, [Message(rater, key=key, url=url, words=words) for rater in sorted(set(raters))])


def rater_asked(form: PotentialForm) -> None:
    """Tell one rater named by hand."""
    url = reverse("talent:potential_form_write", args=[form.pk])
    words = {"person": form.assessment.employee.name}
    key = f"potential-form-{form.pk}-{form.asked_at.date()}"
    notify(FORM_TO_WRITE, [Message(form.rater_id, key=key, url=url, words=words)])


def forms_due(raters: Iterable[int], due_on: datetime.date, *, is_late: bool) -> None:
    """Remind raters of what is due on a day, once before and once after."""
    url = reverse("talent:potential_form_list")
    key = f"potential-{'late' if is_late else 'due'}-{due_on}"
    notify(FORMS_DUE, [Message(rater, key=key, url=url) for rater in sorted(set(raters))])


def nomination_to_decide(member: PoolMember) -> None:
    """Tell the HR leaders who may decide; neither the nominator nor the person."""
    besides = {member.employee_id, member.nominated_by_id}
    _tell_leaders(TO_DECIDE, member.pool, f"pool-nomination-{member.pk}", besides=besides)


def memberships_end(pool: TalentPool, members: Sequence[PoolMember], day: datetime.date) -> None:
    """Tell owner and leaders that memberships end; nobody of a membership of their own alone."""
    url, words = reverse("talent:pool_detail", args=[pool.pk]), {"pool": pool.name}
    people = _leaders() | ({pool.owner_id} if pool.owner_id else set())
    about = [member.employee_id for member in members]
    readers = [person for person in sorted(people) if any(employee != person for employee in about)]
    key = f"pool-{pool.pk}-ends-{day}"
    notify(EXPIRES_SOON, [Message(person, key=key, url=url, words=words) for person in readers])


def audit_asks(audit: GroupAudit) -> None:
    """Tell HR leaders that somebody has to say why."""
    _tell_leaders(AUDIT_ASKS, audit.pool, f"group-audit-{audit.pk}", besides=set())


def _tell_leaders(kind: NoticeKind, pool: TalentPool, key: str, *, besides: set[int | None]) -> None:
    url, words = reverse("talent:pool_detail", args=[pool.pk]), {"pool": pool.name}
    notify(
        kind, [Message(leader, key=key, url=url, words=words) for leader in sorted(_leaders()) if leader not in besides]
    )


def _leaders() -> set[int]:
    grants = RoleGrant.objects.current().filter(role=Role.HR_LEADER, user__is_active=True)
    return {pk for pk in grants.values_list("user__employee", flat=True) if pk is not None}
