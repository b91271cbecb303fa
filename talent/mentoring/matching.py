"""Mentors for somebody, and pairs for everybody who waits."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from hrportal.people.models import Employee
from talent.models import Mentoring, MentoringWish, MentorOffer
from talent.scores.mentoring import Match, Place, match_of


@dataclass(frozen=True)
class Candidate:
    """A mentor with room, and how they fit a wish."""

    offer: MentorOffer
    match: Match


@dataclass(frozen=True)
class Pair:
    """Two who would fit."""

    wish: MentoringWish
    offer: MentorOffer
    match: Match

    @property
    def order(self) -> tuple[float, int, int]:
        """The best first; of equals the same ones every time."""
        return -self.match.score, self.wish.mentee_id, self.offer.mentor_id


def candidates_for(wish: MentoringWish, *, most: int | None = None) -> list[Candidate]:
    """Mentors with room who fit a wish, best first; without those who were proposed to this mentee before. Four queries."""
    met = set(Mentoring.objects.filter(mentee=wish.mentee_id).values_list("mentor", flat=True))
    wished = [skill.competency_id for skill in wish.skills.all()]
    offers = with_skills(MentorOffer.objects.open().filter(skills__competency__in=wished).distinct())
    found = [pair for offer in offers if offer.mentor_id not in met and (pair := pair_of(wish, offer))]
    return [Candidate(pair.offer, pair.match) for pair in sorted(found, key=lambda pair: pair.order)][:most]


def pair_of(wish: MentoringWish, offer: MentorOffer) -> Pair | None:
    """A wish and an offer as a pair, if they can be one."""
    wished = {skill.competency_id: skill.level for skill in wish.skills.all()}
    offered = {skill.competency_id: skill.level for skill in offer.skills.all()}
    match = match_of(wished, _place(wish.mentee), offered, _place(offer.mentor))
    return Pair(wish, offer, match) if match else None


def pairs_for_all(
    wishes: Sequence[MentoringWish], offers: Sequence[MentorOffer], met: Collection[tuple[int, int]] = ()
) -> list[Pair]:
    """One mentor for each, the best pairs first, nobody beyond their room, and none of the two (mentee, mentor) who `met`.

    Only those who share a competency are compared, so that it grows with what people have in common and not with
    everybody times everybody.
    """
    by_competency: dict[int, dict[int, MentorOffer]] = defaultdict(dict)
    for offer in offers:
        for skill in offer.skills.all():
            by_competency[skill.competency_id][offer.pk] = offer
    pairs = [pair for wish in wishes for offer in _in_common(wish, by_competency) if (pair := pair_of(wish, offer))]
    new = [pair for pair in pairs if (pair.wish.mentee_id, pair.offer.mentor_id) not in met]
    return _assigned(sorted(new, key=lambda pair: pair.order))


def _in_common(wish: MentoringWish, by_competency: dict[int, dict[int, MentorOffer]]) -> Iterable[MentorOffer]:
    found: dict[int, MentorOffer] = {}
    for skill in wish.skills.all():
        found |= by_competency.get(skill.competency_id, {})
    return found.values()


def _assigned(pairs: Iterable[Pair]) -> list[Pair]:
    room: dict[int, int] = {}
    given: dict[int, Pair] = {}
    for pair in pairs:
        left = room.setdefault(pair.offer.pk, pair.offer.capacity - pair.offer.taken)
        if left > 0 and pair.wish.mentee_id not in given:
            given[pair.wish.mentee_id], room[pair.offer.pk] = pair, left - 1
    return list(given.values())


def with_skills(offers: QuerySet[MentorOffer]) -> QuerySet[MentorOffer]:
    """Offers with their mentors' places and what they teach."""
    return offers.select_related("mentor__job", "mentor__org_unit").prefetch_related("skills__competency")


def wishes_with_skills(wishes: QuerySet[MentoringWish]) -> QuerySet[MentoringWish]:
    """Wishes with their mentees' places and what they want to learn."""
    return wishes.select_related("mentee__job", "mentee__org_unit").prefetch_related("skills__competency")


def _place(employee: Employee) -> Place:
    return Place(employee.pk, employee.path, employee.org_unit_id)
