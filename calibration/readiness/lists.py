"""An audit to take away."""

from collections.abc import Sequence

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from calibration.models import ReadinessAudit
from calibration.readiness.answers import Answer, Report
from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, list_kind
from hrportal.people.viewer import Principal


def _columns() -> Sequence[Column]:
    return [
        Column(_("Question"), lambda answer: answer.title),
        Column(_("Answer"), lambda answer: answer.verdict.label),
        Column(_("Figure"), lambda answer: answer.value),
        Column(pgettext_lazy("division", "Part"), lambda answer: answer.part),
        Column(pgettext_lazy("division", "Whole"), lambda answer: answer.whole),
        Column(_("Evidence"), lambda answer: answer.evidence),
        Column(_("Threshold"), lambda answer: answer.threshold),
        Column(_("Why this threshold"), lambda answer: answer.because),
        Column(_("What to do next"), lambda answer: answer.next_step),
    ]


def _answers(user: Principal, query: QueryDict) -> list[Answer]:
    number = query.get("audit", "")
    audits = ReadinessAudit.objects.visible_to(user).computed().with_subject()
    audit = audits.filter(pk=number).first() if number.isdecimal() and len(number) < 10 else None
    return Report(audit).answers if audit else []


READINESS = list_kind(
    ListKind("calibration.readiness", _("Readiness audit"), _columns, _answers, HR_ROLES | {Role.INTEGRATION})
)
