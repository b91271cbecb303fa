"""What a table has changed: its ratings before and after, over the cards this reader sees, and over no others.

Hidden cards are in none of the figures, so nothing about them follows from a difference; that there may be some is said always.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from statistics import fmean, pstdev
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from calibration.enums import Reason, SessionState
from calibration.models import CalibrationSession, Card, Decision, Suggestion
from calibration.models.cards import CardQuerySet
from hrportal.people.viewer import Principal
from performance.enums import ReviewState

# Below this many ratings a guideline says nothing about a table.
FEWEST_FOR_GUIDELINE = 30


@dataclass(frozen=True)
class Pair:
    """One rating as it was proposed and as it is now, with why it moved."""

    manager: int | None
    manager_name: str
    before: int | None
    after: int | None
    reason: str = ""

    @property
    def moved(self) -> int:
        """How many levels up (or down, below zero); nothing where either is unknown."""
        return 0 if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Spread:
    """Mean and standard deviation of some ratings; empty where there are none."""

    n: int
    mean: float | None
    sd: float | None

    @classmethod
    def of(cls, values: Iterable[int | None]) -> "Spread":
        known = [value for value in values if value is not None]
        return cls(len(known), fmean(known), pstdev(known)) if known else cls(0, None, None)


@dataclass
class Group:
    """One manager's ratings before and after."""

    name: str
    pairs: list[Pair] = field(default_factory=list)

    @cached_property
    def before(self) -> Spread:
        return Spread.of(pair.before for pair in self.pairs)

    @cached_property
    def after(self) -> Spread:
        return Spread.of(pair.after for pair in self.pairs)

    @property
    def up(self) -> int:
        return sum(pair.moved > 0 for pair in self.pairs)

    @property
    def down(self) -> int:
        return sum(pair.moved < 0 for pair in self.pairs)


class Outcome:
    """Before and after, for one reader of one table."""

    def __init__(self, session: CalibrationSession, user: Principal) -> None:
        self.session, self.user = session, user
        self.cards = outcome_cards(session, user)

    @cached_property
    def all(self) -> Group:
        """Every rating at once."""
        return Group("", self._pairs())

    @cached_property
    def managers(self) -> list[Group]:
        """The same for each manager, those whose ratings changed most in front."""
        groups: dict[int | None, Group] = {}
        for pair in self.all.pairs:
            groups.setdefault(pair.manager, Group(pair.manager_name)).pairs.append(pair)
        return sorted(groups.values(), key=lambda group: (-(group.up + group.down), group.name))

    @cached_property
    def reasons(self) -> list[dict[str, Any]]:
        """How many moved up and down for which kind of reason."""
        up = Counter(pair.reason for pair in self.all.pairs if pair.moved > 0)
        down = Counter(pair.reason for pair in self.all.pairs if pair.moved < 0)
        labels = [*Reason.choices, ("", _("No kind of reason given"))]
        return [
            {"label": label, "up": up[value], "down": down[value]}
            for value, label in labels
            if up[value] or down[value]
        ]

    @cached_property
    def levels(self) -> list[dict[str, Any]]:
        """How many lie at each level, before and after, beside the guideline."""
        before, after = Counter(p.before for p in self.all.pairs), Counter(p.after for p in self.all.pairs)
        guideline = dict(self.session.cycle.guideline.values_list("value", "percent"))
        total = self.all.after.n
        return [
            {
                "label": level.label,
                "was": before[level.value],
                "count": after[level.value],
                "share": 100 * after[level.value] / total if total else None,
                "before": 100 * before[level.value] / self.all.before.n if self.all.before.n else None,
                "guideline": guideline.get(level.value, 0) if guideline else None,
            }
            for level in self.session.cycle.scale.levels.all()
        ]

    @property
    def top(self) -> int:
        """The share that fills the height of the picture."""
        shares = [row[name] or 0 for row in self.levels for name in ("share", "guideline", "before")]
        return max(10, round(max(shares, default=0)) + 1)

    @property
    def has_guideline(self) -> bool:
        return any(row["guideline"] is not None for row in self.levels)

    @property
    def is_enough_for_guideline(self) -> bool:
        return self.all.after.n >= FEWEST_FOR_GUIDELINE

    @cached_property
    def unanswered(self) -> int:
        """Suggestions that nobody has answered for good."""
        reviews = self.cards.order_by().values("review")
        return Suggestion.objects.visible_to(self.user).open().filter(review__in=reviews).count()

    def _pairs(self) -> list[Pair]:
        rows = self.cards.order_by().values_list(
            "review__reviewer",
            "review__reviewer__first_name",
            "review__reviewer__last_name",
            "proposed_rating__value",
            "rating__value",
            "reason",
        )
        return [_pair(*row) for row in rows]


def outcome_cards(session: CalibrationSession, user: Principal) -> CardQuerySet:
    """The cards a table decides on, as far as this reader sees them; once it is locked, those it has decided on."""
    seen = Card.objects.visible_to(user).at_table_of(session)
    if session.state != SessionState.LOCKED:
        return seen.on_board(ReviewState.IN_CALIBRATION)
    decided = Decision.objects.filter(
        review=OuterRef("review"), review_revision=OuterRef("review_revision"), session=OuterRef("session")
    )
    return seen.filter(Exists(decided))


def _pair(manager: int | None, first: str, last: str, before: int | None, after: int | None, reason: str) -> Pair:
    return Pair(manager, f"{first} {last}" if manager else _("Nobody"), before, after, reason)
