"""Levels in the skills inventory."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from calibration.bridge.sources import SOURCE, source_of
from calibration.enums import HandOverKind
from calibration.reconciliation.versioned import Row, VersionedEffect
from performance.enums import Side
from performance.models import CompetencyRating, Review
from talent.enums import SkillSource
from talent.models import SkillAssessment


class Skills(VersionedEffect):
    """Each level a manager gave in a completed review, calibrated or not, stands in the inventory in its version."""

    kind = HandOverKind.SKILLS
    carriers = (HandOverKind.SKILLS,)

    def expected(self, reviews: Sequence[Review]) -> Mapping[int, Mapping[int, int]]:
        given = CompetencyRating.objects.filter(part__side=Side.MANAGER, part__review__in=reviews, level__isnull=False)
        levels: dict[int, dict[int, int]] = defaultdict(dict)
        for review, competency, level in given.values_list("part__review", "competency", "level"):
            levels[review][competency] = level
        return levels

    def found(self, reviews: Sequence[Review]) -> Mapping[int, Sequence[Row]]:
        sources = {source_of(review.pk): review.pk for review in reviews}
        found: dict[int, list[Row]] = defaultdict(list)
        rows = self._standing().filter(source__in=sources)
        for source, competency, employee, version, level, shared_at in rows.values_list(
            "source", "competency", "profile__employee", "source_version", "level", "shared_at"
        ):
            found[sources[source]].append(Row(competency, employee, version, level, shared_at is not None))
        return found

    def rows(self) -> QuerySet:
        rows = self._standing().filter(source__startswith=SOURCE)
        return rows.values_list("pk", "source", "profile__employee")

    @staticmethod
    def _standing() -> QuerySet[SkillAssessment]:
        return SkillAssessment.objects.standing().filter(kind=SkillSource.REVIEW)
