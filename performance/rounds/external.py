"""Links for raters outside the company: signed, for one rater, for some weeks, until used or renewed. No account, no list.

A link that is wrong in whatever way leads nowhere, and does not say why: it must not tell whether there is a round.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from performance.enums import RoundState, SheetState
from performance.models import AnswerSheet, Rater

SALT = "performance.rounds.external"
LASTS = timedelta(days=30)


def answer_link(rater: Rater) -> str:
    """The address under which a rater outside the company answers."""
    token = signing.dumps([rater.pk, rater.link_number], salt=SALT)
    return f"{settings.PUBLIC_URL}{reverse('performance:external_answer', args=[token])}"


def sheet_behind(token: str) -> AnswerSheet | None:
    """The sheet a link opens while it is to be answered; None for every other link."""
    try:
        rater, number = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    sheets = AnswerSheet.objects.with_questions().filter(
        rater=rater,
        rater__link_number=number,
        rater__employee=None,
        rater__round__state=RoundState.COLLECTING,
        state=SheetState.OPEN,
    )
    return sheets.first()
