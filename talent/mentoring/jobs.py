"""Long work of mentoring."""

from typing import Any

from django.db import transaction

from hrportal.journal.jobs import job_kind, report_progress
from hrportal.journal.models import Job
from talent.actions.mentoring import JOB
from talent.mentoring.matching import Pair, pairs_for_all, wishes_with_skills, with_skills
from talent.models import Mentoring, MentoringWish, MentorOffer, MentorSuggestion


@job_kind(JOB)
def match_mentors(job: Job) -> dict[str, Any]:
    """Work out a mentor for everybody who waits, and put the result in the place of the last one. Nobody is told: HR reads the
    pairs and proposes. Two who were proposed to each other before do not come up again."""
    wishes = list(wishes_with_skills(MentoringWish.objects.waiting()))
    offers = list(with_skills(MentorOffer.objects.open()))
    report_progress(job, 0, len(wishes))
    met = set(Mentoring.objects.values_list("mentee", "mentor"))
    pairs = pairs_for_all(wishes, offers, met=met)
    _replace(pairs)
    report_progress(job, len(wishes), len(wishes))
    return {"pairs": len(pairs)}


@transaction.atomic
def _replace(pairs: list[Pair]) -> None:
    MentorSuggestion.objects.all().delete()
    MentorSuggestion.objects.bulk_create(
        (
            MentorSuggestion(
                mentee_id=pair.wish.mentee_id,
                mentor_id=pair.offer.mentor_id,
                score=pair.match.score,
                parts=pair.match.stored,
            )
            for pair in pairs
        ),
        batch_size=1000,
    )
