"""What a reader sees of a comparison: counts of what concerns their people, coverage of the whole organisation."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from calibration.enums import DifferenceKind, HandOverKind
from calibration.models import Difference, Reconciliation
from hrportal.people.viewer import Principal


@dataclass(frozen=True)
class Figures:
    """One effect. `right` is unknown to those who see only some people."""

    effect: str
    covered: int
    right: int | None
    found: Mapping[str, int]

    @property
    def label(self) -> str:
        return str(HandOverKind(self.effect).label)

    @property
    def missing(self) -> int:
        return self.found.get(DifferenceKind.MISSING, 0)

    @property
    def wrong(self) -> int:
        return self.found.get(DifferenceKind.WRONG, 0)

    @property
    def extra(self) -> int:
        return self.found.get(DifferenceKind.EXTRA, 0)

    @property
    def parked(self) -> int:
        return self.found.get(DifferenceKind.PARKED, 0)

    @property
    def pending(self) -> int:
        return self.found.get(DifferenceKind.PENDING, 0)


def last_for(user: Principal) -> Reconciliation | None:
    """The last finished comparison, with the number of differences this reader sees."""
    return Reconciliation.objects.visible_to(user).finished().with_found(user).first()


def figures_for(reconciliation: Reconciliation, user: Principal) -> list[Figures]:
    """The figures of each effect, as this reader may know them. A difference about the reader is not counted against it,
    so that nobody learns from a sum what is kept from them in the list.
    """
    found, judged = _found(reconciliation, user)
    sees_all = user.viewer.is_over_all
    return [
        Figures(effect, counts["covered"], counts["covered"] - judged[effect] if sees_all else None, found[effect])
        for effect, counts in reconciliation.by_effect
    ]


def _found(reconciliation: Reconciliation, user: Principal) -> tuple[Mapping[str, dict[str, int]], Mapping[str, int]]:
    """The differences this reader sees by effect and kind, and how many of them are about reviews that were covered."""
    rows = Difference.objects.visible_to(user).filter(reconciliation=reconciliation).order_by()
    counted = rows.values_list("effect", "kind").annotate(
        n=Count("pk"), about=Count("pk", filter=Q(review__isnull=False))
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    judged: dict[str, int] = defaultdict(int)
    for effect, kind, count, about_review in counted:
        found[effect][kind] = count
        judged[effect] += about_review
    return found, judged
