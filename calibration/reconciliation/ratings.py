"""Calibrated ratings in talent profiles."""

from collections.abc import Mapping, Sequence

from django.db.models import F, Max, Min, QuerySet

from calibration.bridge.sources import SOURCE, source_of
from calibration.enums import HandOverKind
from calibration.models import Decision
from calibration.reconciliation.versioned import Row, VersionedEffect
from performance.models import RatingLevel, Review
from talent.models import CalibratedRating


class Ratings(VersionedEffect):
    """A completed, calibrated review whose decision stands is the one current rating of its source, in its version."""

    kind = HandOverKind.RATING
    carriers = (HandOverKind.RATING, HandOverKind.RETRACTION)

    def expected(self, reviews: Sequence[Review]) -> Mapping[int, Mapping[str, tuple[int, int, int]]]:
        ids = [review.pk for review in reviews if review.final_is_calibrated]
        decided = Decision.objects.standing().filter(review__in=ids, rating=F("review__final_rating"))
        rows = list(decided.values_list("review", "rating__value", "rating__scale"))
        levels = RatingLevel.objects.filter(scale__in={scale for *_, scale in rows}).order_by().values("scale")
        outer = levels.annotate(lowest=Min("value"), highest=Max("value")).values_list("scale", "lowest", "highest")
        bounds = {scale: (lowest, highest) for scale, lowest, highest in outer}
        return {review: {"": (value, *bounds[scale])} for review, value, scale in rows}

    def found(self, reviews: Sequence[Review]) -> Mapping[int, Sequence[Row]]:
        sources = {source_of(review.pk): review.pk for review in reviews}
        rows = CalibratedRating.objects.current().filter(source__in=sources)
        found: dict[int, list[Row]] = {}
        for source, employee, version, *value in rows.values_list(
            "source", "profile__employee", "source_version", "value", "lowest", "highest"
        ):
            found.setdefault(sources[source], []).append(Row("", employee, version, tuple(value)))
        return found

    def rows(self) -> QuerySet:
        current = CalibratedRating.objects.current().filter(source__startswith=SOURCE)
        return current.values_list("pk", "source", "profile__employee")
